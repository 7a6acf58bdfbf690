from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "grants.payments"
    label = "payments"
    verbose_name = "国からの支払"

    def ready(self) -> None:
        from portal.access.api import register as register_actions

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .policy import ACTIONS

        register_actions(*ACTIONS)
