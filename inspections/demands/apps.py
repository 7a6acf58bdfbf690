from django.apps import AppConfig


class DemandsConfig(AppConfig):
    name = "inspections.demands"
    label = "demands"
    verbose_name = "報告の徴求"

    def ready(self) -> None:
        from grants.demo.api import also_load
        from grants.guideline.api import carry
        from portal.access.api import register
        from portal.home.api import register as register_panels
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .carriers import CARRIERS
        from .demo import load
        from .documents import register_documents
        from .lifecycle import DEMAND_LIFECYCLE, EXTENSION_LIFECYCLE, REPORT_LIFECYCLE
        from .panels import PANELS
        from .policy import ACTIONS

        register(*ACTIONS)
        register_workflow(DEMAND_LIFECYCLE)
        register_workflow(REPORT_LIFECYCLE)
        register_workflow(EXTENSION_LIFECYCLE)
        register_documents()
        register_panels(*PANELS)
        carry(*CARRIERS)
        also_load(load)
