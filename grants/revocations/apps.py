from django.apps import AppConfig


class RevocationsConfig(AppConfig):
    name = "grants.revocations"
    label = "revocations"
    verbose_name = "決定の取消し"

    def ready(self) -> None:
        from grants.awards.api import register_withdrawal_hold
        from grants.objections.api import register_acts
        from portal.access.api import register as register_actions
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .acts import REVOCATIONS
        from .documents import register_documents
        from .guards import revoked_since
        from .lifecycle import LIFECYCLE
        from .policy import ACTIONS

        register_actions(*ACTIONS)
        register_workflow(LIFECYCLE)
        register_documents()
        register_withdrawal_hold(revoked_since)
        register_acts(REVOCATIONS)
