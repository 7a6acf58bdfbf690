from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "grants.plans"
    label = "plans"
    verbose_name = "計画"

    def ready(self) -> None:
        from grants.guideline.api import register as register_requirements
        from platforms.api import register_citations
        from portal.access.api import register

        from . import completeness, requirements
        from .citations import uses_of_agenda_items
        from .policy import ACTIONS
        from .services import cited_agenda_items

        register(*ACTIONS)
        register_requirements(*requirements.REQUIREMENTS, *completeness.REQUIREMENTS)
        register_citations(cited_agenda_items, uses_of_agenda_items)
