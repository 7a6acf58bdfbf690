from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "grants.changes"
    label = "changes"
    verbose_name = "計画の変更と流用"

    def ready(self) -> None:
        from grants.guideline.api import register as register_requirements
        from portal.access.api import register as register_actions

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .policy import ACTIONS
        from .requirements import REQUIREMENTS

        register_requirements(*REQUIREMENTS)
        register_actions(*ACTIONS)
