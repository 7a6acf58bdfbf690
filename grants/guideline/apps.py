from django.apps import AppConfig


class GuidelineConfig(AppConfig):
    name = "grants.guideline"
    label = "guideline"
    verbose_name = "実施要領"

    def ready(self) -> None:
        from portal.access.api import EVERYONE
        from portal.ui.api import NavItem, register_navigation

        register_navigation(
            NavItem("要領対応表", "guideline:table", EVERYONE, order=10, section="footer")
        )
