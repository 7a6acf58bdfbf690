from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "grants.programmes"
    label = "programmes"
    verbose_name = "年度の制度"

    def ready(self) -> None:
        from portal.access.api import register

        from .policy import ACTIONS

        register(*ACTIONS)
