from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "grants.claims"
    label = "claims"
    verbose_name = "概算払と精算払の請求"

    def ready(self) -> None:
        from grants.guideline.api import register as register_requirements
        from grants.payments.api import register_guard
        from portal.ui.api import Chip, register_chips

        from .requirements import REQUIREMENTS
        from .reserved import kept_for_claims

        register_requirements(*REQUIREMENTS)
        register_guard(kept_for_claims)
        register_chips(
            claim_paid=Chip("支払済み", "decided"), claim_part=Chip("一部支払済み", "review")
        )
