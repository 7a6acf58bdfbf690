from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "grants.payments"
    label = "payments"
    verbose_name = "国からの支払"

    def ready(self) -> None:
        from grants.awards.api import register_withdrawal_hold
        from portal.access.api import register as register_actions

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .policy import ACTIONS
        from .slots import paid_under

        register_actions(*ACTIONS)
        register_withdrawal_hold(paid_under)
