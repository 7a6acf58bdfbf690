from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "grants.retention"
    label = "retention"
    verbose_name = "保存と廃棄"

    def ready(self) -> None:
        from portal.access.api import CABINET_OFFICE, PREFECTURE
        from portal.access.api import register as register_actions
        from portal.ui.api import Chip, NavItem, register_chips, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import services  # noqa: F401  its outbox handlers register themselves
        from .lifecycle import DISPOSAL_LIFECYCLE
        from .policy import ACTIONS

        register_actions(*ACTIONS)
        register_workflow(DISPOSAL_LIFECYCLE)
        register_chips(
            extended=Chip("延長", "decided"),
            removing=Chip("廃棄中", "returned"),
            removed=Chip("措置済み", "closed"),
        )
        register_navigation(
            NavItem(
                "保存期間",
                "retention:list",
                PREFECTURE | CABINET_OFFICE,
                order=62,
                section="menu",
            )
        )
