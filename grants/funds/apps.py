from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "grants.funds"
    label = "funds"
    verbose_name = "予算と支払"

    def ready(self) -> None:
        from grants.payments.api import register_guard
        from portal.access.api import register as register_actions
        from portal.home.api import register as register_panels

        from .panels import PANELS
        from .policy import ACTIONS
        from .services import within_commitments

        register_actions(*ACTIONS)
        register_guard(within_commitments)
        register_panels(*PANELS)
