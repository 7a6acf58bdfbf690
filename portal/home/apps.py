from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = "ホーム"

    def ready(self) -> None:
        from portal.access.api import EVERYONE
        from portal.ui.api import NavItem, register_navigation

        register_navigation(NavItem("ホーム", "home", EVERYONE, order=0))
