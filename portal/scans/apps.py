from django.apps import AppConfig


class ScansConfig(AppConfig):
    name = "portal.scans"
    label = "scans"
    verbose_name = "署名・押印済みの写し"

    def ready(self) -> None:
        from portal.access.api import register as register_actions
        from portal.ui.api import Chip, Form, NavItem, register_chips, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import services  # noqa: F401  the handler of the outbox
        from .lifecycle import LIFECYCLE
        from .policy import ACTIONS
        from .states import READERS

        register_actions(*ACTIONS)
        register_workflow(LIFECYCLE)
        register_chips(
            reading=Chip("読み取り中", "editing"),
            read=Chip("確認待ち", "check"),
            unreadable=Chip("読み取り不可", "late"),
            bound=Chip("綴じ込み済み", form=Form.PLAIN),
            set_aside=Chip("取りやめ", "closed"),
        )
        register_navigation(
            NavItem("署名・押印済みの写し", "scans:list", READERS, order=61, section="menu")
        )
