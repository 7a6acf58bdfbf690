from django.apps import AppConfig


class InputTaxConfig(AppConfig):
    name = "grants.input_tax"
    label = "input_tax"
    verbose_name = "仕入控除税額"

    def ready(self) -> None:
        from grants.refunds.api import register_claims

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .known import claims

        register_claims(claims)
