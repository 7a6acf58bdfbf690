from django.apps import AppConfig


class KindsConfig(AppConfig):
    name = "grants.kinds"
    label = "kinds"
    verbose_name = "様式"

    def ready(self) -> None:
        from . import (
            application,
            change,
            claim,
            consultation,
            discontinuance,
            disposal,
            incident,
            input_tax,
            needs,
            performance,
            progress,
        )

        application.register()
        needs.register()
        consultation.register()
        performance.register()
        change.register()
        discontinuance.register()
        incident.register()
        progress.register()
        claim.register()
        input_tax.register()
        disposal.register()
