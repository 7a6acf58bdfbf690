"""中止・廃止承認申請: the work stops for a time or for good (適正化法7条1項4号)."""


def register() -> None:
    """Called when the apps start: kind, table, policy, requirements, papers, notices."""
    from grants.filings.api import register_kind
    from grants.guideline.api import register as register_requirements
    from portal.access.api import register as register_actions
    from portal.workflow.api import register as register_workflow

    from . import notifications  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import DISCONTINUANCE, REQUIREMENTS
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS

    register_kind(DISCONTINUANCE)
    register_requirements(*REQUIREMENTS)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
