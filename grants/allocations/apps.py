from django.apps import AppConfig


class AllocationsConfig(AppConfig):
    name = "grants.allocations"
    label = "allocations"
    verbose_name = "所要額と配分"

    def ready(self) -> None:
        from grants.guideline.api import register as register_requirements

        from .requirements import REQUIREMENTS

        register_requirements(*REQUIREMENTS)
