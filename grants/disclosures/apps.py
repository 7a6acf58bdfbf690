from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "grants.disclosures"
    label = "disclosures"
    verbose_name = "開示請求"

    def ready(self) -> None:
        from grants.retention.api import register_copies, register_holding
        from portal.access.api import register as register_actions
        from portal.ui.api import Chip, NavItem, register_chips, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import bundling  # noqa: F401  the worker's part registers itself by decorator
        from .documents import register_documents
        from .holding import HOLDING, copies
        from .lifecycle import BUNDLE_LIFECYCLE, DISCLOSURE_LIFECYCLE
        from .policy import ACTIONS
        from .states import READERS

        register_actions(*ACTIONS)
        register_workflow(DISCLOSURE_LIFECYCLE)
        register_workflow(BUNDLE_LIFECYCLE)
        register_documents()
        register_holding(HOLDING)
        register_copies(copies)
        register_chips(
            preparing=Chip("準備中", "editing"),
            disclosed=Chip("開示決定", "decided"),
            file_undecided=Chip("未決定", "todo"),
            withheld=Chip("不開示決定", "closed"),
        )
        register_navigation(
            NavItem("開示請求", "disclosures:list", READERS, order=64, section="menu")
        )
