"""事故・遅延報告: the work meets an accident, or will not end in time (適正化法7条1項5号)."""


def register() -> None:
    """Called when the apps start, after the 中止・廃止 of whose parts it is made."""
    from grants.contractors.api import register_section
    from grants.filings.api import register_kind
    from grants.guideline.api import register as register_requirements
    from portal.access.api import register as register_actions
    from portal.workflow.api import register as register_workflow

    from . import notifications  # noqa: F401  notices register themselves by decorator
    from .beginning import OF_PAPER
    from .documents import register_documents
    from .kind import INCIDENT, REQUIREMENTS
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS

    register_kind(INCIDENT)
    register_requirements(*REQUIREMENTS)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
    register_section(OF_PAPER)
