from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "grants.readings"
    label = "readings"
    verbose_name = "閲覧の許可"

    def ready(self) -> None:
        from portal.access.api import Role, register_opened, register_witness
        from portal.access.api import register as register_actions
        from portal.ui.api import Chip, Form, NavItem, register_chips, register_navigation

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .policy import ACTIONS
        from .querysets import within, within_case
        from .services import keep_account

        register_actions(*ACTIONS)
        register_opened(within, within_case)
        register_witness(keep_account)
        register_chips(
            reading_open=Chip("閲覧中", "submitted"),
            reading_coming=Chip("これから", "todo"),
            reading_over=Chip("期間の終了", form=Form.PLAIN),
            ended_early=Chip("終えた", "closed"),
        )
        register_navigation(
            NavItem("開かれた案件", "readings:list", frozenset({Role.READER}), order=20),
        )
        register_navigation(
            NavItem(
                "監査委員の閲覧",
                "readings:list",
                frozenset({Role.PREFECTURE_ADMIN}),
                order=60,
                section="menu",
            )
        )
