from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "grants.approvals"
    label = "approvals"
    verbose_name = "決裁"

    def ready(self) -> None:
        from portal.access.api import PREFECTURE, Role, register
        from portal.accounts.api import register_work
        from portal.ui.api import NavItem, register_navigation

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .policy import ACTIONS
        from .standing import work_of

        register(*ACTIONS)
        register_work(work_of)
        register_navigation(
            NavItem("決裁", "approvals:list", frozenset({Role.APPROVER}), order=12),
            NavItem("決裁経路", "approvals:routes", PREFECTURE, order=85, section="menu"),
        )
