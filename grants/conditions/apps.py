from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    name = "grants.conditions"
    label = "conditions"
    verbose_name = "条件による納付"

    def ready(self) -> None:
        from portal.ui.api import Chip, register_chips

        register_chips(less_undecided=Chip("減額の措置待ち", "check"))
