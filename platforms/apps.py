from django.apps import AppConfig


class PlatformsConfig(AppConfig):
    name = "platforms"
    label = "platforms"
    verbose_name = "地方版官民連携プラットフォーム"

    def ready(self) -> None:
        from portal.access.api import CABINET_OFFICE, PREFECTURE, register
        from portal.ui.api import NavItem, register_navigation

        from .policy import ACTIONS

        register(*ACTIONS)
        register_navigation(
            NavItem("プラットフォーム", "platforms:list", PREFECTURE | CABINET_OFFICE, order=40)
        )
