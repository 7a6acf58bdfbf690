from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = "ホーム"

    def ready(self) -> None:
        from portal.access.api import EVERYONE, register
        from portal.ui.api import NavItem, register_navigation

        from .policy import ACTIONS

        register(*ACTIONS)
        register_navigation(
            NavItem("ホーム", "home", EVERYONE, order=0),
            NavItem("処理状況", "jobs", ACTIONS[0].roles, order=60),
        )
