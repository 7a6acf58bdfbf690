"""繰越の承認の申出: the work does not end with its fiscal year (適正化法7条1項5号, 財政法43条)."""


def register() -> None:
    """Called when the apps start: kind, table, policy, requirements, papers, notices."""
    from grants.filings.api import register_kind
    from grants.guideline.api import register as register_requirements
    from portal.access.api import register as register_actions
    from portal.workflow.api import register as register_workflow

    from . import notifications  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import CARRYOVER
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS
    from .requirements import REQUIREMENTS

    register_kind(CARRYOVER)
    register_requirements(*REQUIREMENTS)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
