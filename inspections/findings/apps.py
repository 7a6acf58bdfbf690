from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "inspections.findings"
    label = "findings"
    verbose_name = "指摘"

    def ready(self) -> None:
        from grants.demo.api import also_load
        from grants.guideline.api import carry
        from grants.plans.api import register_advice
        from inspections.visits.api import Section, register_closing_guard, register_section
        from portal.access.api import register
        from portal.home.api import register as register_panels
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .advice import frequent_faults
        from .carriers import CARRIERS
        from .demo import load
        from .lifecycle import FINDING_LIFECYCLE
        from .panels import PANELS
        from .policy import ACTIONS
        from .sections import all_settled, of_visit

        register(*ACTIONS)
        register_workflow(FINDING_LIFECYCLE)
        register_section(Section("findings/of_visit.html", of_visit))
        register_closing_guard(all_settled)
        register_panels(*PANELS)
        carry(*CARRIERS)
        also_load(load)
        register_advice(frequent_faults, "findings:lessons")
