from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "portal.audit"
    label = "audit"
    verbose_name = "証跡"

    def ready(self) -> None:
        from portal.access.api import register
        from portal.ui.api import NavItem, register_navigation

        from .policy import ACTIONS

        register(*ACTIONS)
        register_navigation(
            NavItem("操作履歴", "audit:log", ACTIONS[0].roles, order=80),
        )
