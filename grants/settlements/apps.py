from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    name = "grants.settlements"
    label = "settlements"
    verbose_name = "実績報告と額の確定"

    def ready(self) -> None:
        from grants.changes.api import register_stop
        from grants.guideline.api import register as register_requirements
        from grants.objections.api import register_acts
        from grants.payments.api import register_ceiling, register_hold
        from grants.refunds.api import register_claims
        from portal.access.api import CABINET_OFFICE, PREFECTURE
        from portal.access.api import register as register_actions
        from portal.ui.api import Chip, Form, NavItem, register_chips, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .acts import SETTLEMENTS
        from .documents import register_documents
        from .known import claims, fixed_ceiling, reported_already, settled_already
        from .lifecycle import LIFECYCLE
        from .policy import ACTIONS
        from .requirements import REQUIREMENTS

        register_requirements(*REQUIREMENTS)
        register_actions(*ACTIONS)
        register_workflow(LIFECYCLE)
        register_documents()
        register_ceiling(fixed_ceiling)
        register_claims(claims)
        register_hold(settled_already)
        register_stop(reported_already)
        register_acts(SETTLEMENTS)
        register_chips(
            accepted_line=Chip("認める", "met", Form.SHAPE),
            cut=Chip("減額", "unmet", Form.SHAPE),
            parked=Chip("保留", "warn", Form.SHAPE),
            sampled=Chip("抽出", "check", Form.SHAPE),
        )
        register_navigation(
            NavItem("精算", "settlements:list", PREFECTURE | CABINET_OFFICE, order=35)
        )
