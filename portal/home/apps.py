from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = "ホーム"

    def ready(self) -> None:
        from portal.access.api import CABINET_OFFICE, EVERYONE, PREFECTURE, register
        from portal.ui.api import NavItem, register_navigation

        from .handover import handover
        from .policy import ACTIONS
        from .slots import Panel
        from .slots import register as register_panels

        register(*ACTIONS)
        offices = PREFECTURE | CABINET_OFFICE
        register_panels(
            Panel("handover", offices, "home/panels/handover.html", handover, "main", 1)
        )
        register_navigation(
            NavItem("ホーム", "home", EVERYONE, order=0),
            NavItem("処理状況", "jobs", ACTIONS[0].roles, order=60),
        )
