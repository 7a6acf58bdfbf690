"""変更承認申請・変更交付申請: a later plan and amount for an award in force (適正化法7条)."""


def register() -> None:
    """Called when the apps start: kind, table, policy, papers, notices."""
    from grants.filings.api import register_kind
    from portal.access.api import register as register_actions
    from portal.workflow.api import register as register_workflow

    from . import notifications  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import CHANGE
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS

    register_kind(CHANGE)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
