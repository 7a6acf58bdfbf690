from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "inspections.visits"
    label = "visits"
    verbose_name = "立入検査"

    def ready(self) -> None:
        from grants.demo.api import also_load
        from grants.filings.api import register_handling_guard
        from grants.guideline.api import carry
        from portal.access.api import CABINET_OFFICE, PREFECTURE, register
        from portal.home.api import register as register_panels
        from portal.ui.api import Chip, NavItem, register_chips, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .carriers import CARRIERS
        from .demo import load
        from .documents import register_documents
        from .guards import did_not_inspect
        from .lifecycle import VISIT_LIFECYCLE
        from .panels import PANELS
        from .policy import ACTIONS

        register(*ACTIONS)
        register_workflow(VISIT_LIFECYCLE)
        register_documents()
        register_chips(
            planned=Chip("計画中", "editing"),
            noticed=Chip("通知済み", "submitted"),
            held=Chip("検査済み", "review"),
        )
        register_handling_guard(did_not_inspect)
        register_panels(*PANELS)
        carry(*CARRIERS)
        also_load(load)
        register_navigation(
            NavItem(
                "検査",
                "visits:list",
                PREFECTURE | CABINET_OFFICE,
                order=45,
                also=("findings:list", "orders:list", "demands:list", "sampling:year"),
            )
        )
