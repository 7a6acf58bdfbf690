from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammesConfig(AppConfig):
    name = "grants.programmes"
    label = "programmes"
    verbose_name = "年度の制度"

    def ready(self) -> None:
        from portal.access.api import Role, register
        from portal.ui.api import NavItem, register_navigation, set_year_source

        from .policy import ACTIONS
        from .views import year_of_header

        post_migrate.connect(_complete, sender=self)
        register(*ACTIONS)
        register_navigation(
            NavItem("制度", "programmes:list", frozenset({Role.PROGRAMME_MANAGER}), order=15),
            NavItem("制度の値", "programmes:list", ACTIONS[0].roles, section="footer", order=50),
        )
        set_year_source(year_of_header)


def _complete(**signal: Any) -> None:
    from .services import complete_programmes

    complete_programmes()
