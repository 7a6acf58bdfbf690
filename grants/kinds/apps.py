from django.apps import AppConfig


class KindsConfig(AppConfig):
    name = "grants.kinds"
    label = "kinds"
    verbose_name = "様式"

    def ready(self) -> None:
        from . import (
            application,
            carryover,
            change,
            claim,
            consultation,
            discontinuance,
            disposal,
            incident,
            income,
            input_tax,
            needs,
            performance,
            progress,
            year_end,
        )

        application.register()
        needs.register()
        consultation.register()
        performance.register()
        change.register()
        discontinuance.register()
        incident.register()
        carryover.register()
        year_end.register()
        progress.register()
        claim.register()
        input_tax.register()
        income.register()
        disposal.register()
