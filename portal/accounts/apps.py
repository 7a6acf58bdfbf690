from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "利用者と組織"

    def ready(self) -> None:
        from portal.access.api import Role, get, register
        from portal.ui.api import NavItem, register_navigation

        from . import tasks  # noqa: F401  the handlers of the outbox
        from .policy import ACTIONS, MANAGERS

        register(*ACTIONS)
        register_navigation(
            NavItem("利用者", "accounts:members", MANAGERS, order=70),
            NavItem(
                "組織の設定",
                "accounts:organisation",
                frozenset({Role.PREFECTURE_ADMIN, Role.SYSTEM_ADMIN}),
                section="menu",
            ),
            NavItem(
                "不在の予定",
                "accounts:absences",
                get("accounts.absences.view").roles,
                order=90,
                section="menu",
            ),
            NavItem(
                "引継ぎ",
                "accounts:handovers",
                get("accounts.handovers.view").roles,
                order=91,
                section="menu",
            ),
            NavItem(
                "組織の再開",
                "accounts:reopenings",
                get("accounts.reopenings.view").roles,
                order=92,
                section="menu",
            ),
        )
