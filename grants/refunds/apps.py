from django.apps import AppConfig


class RefundsConfig(AppConfig):
    name = "grants.refunds"
    label = "refunds"
    verbose_name = "返還"

    def ready(self) -> None:
        from grants.objections.api import register_acts
        from grants.payments.api import register_hold, register_ordered_back
        from portal.access.api import register as register_actions
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .acts import REFUND_ORDERS
        from .claims import ordered_already, ordered_back
        from .documents import register_documents
        from .lifecycle import LIFECYCLE
        from .policy import ACTIONS

        register_actions(*ACTIONS)
        register_workflow(LIFECYCLE)
        register_documents()
        register_acts(REFUND_ORDERS)
        register_hold(ordered_already)
        register_ordered_back(ordered_back)
