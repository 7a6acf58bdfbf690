from django.apps import AppConfig


class IncomeConfig(AppConfig):
    name = "grants.income"
    label = "income"
    verbose_name = "収益状況"

    def ready(self) -> None:
        from grants.refunds.api import register_claims
        from portal.ui.api import Chip, register_chips

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .known import claims

        register_claims(claims)
        register_chips(year_to_come=Chip("これから", "todo"))
