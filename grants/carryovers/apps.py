from django.apps import AppConfig


class CarryoversConfig(AppConfig):
    name = "grants.carryovers"
    label = "carryovers"
    verbose_name = "繰越し"

    def ready(self) -> None:
        from grants.awards.api import register_last_day
        from grants.payments.api import register_closed, register_guard
        from portal.access.api import register as register_actions

        from .policy import ACTIONS
        from .standing import closed_on, last_day_of_work, within_the_year

        register_actions(*ACTIONS)
        register_guard(within_the_year)
        register_closed(closed_on)
        register_last_day(last_day_of_work)
