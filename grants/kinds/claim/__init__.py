"""概算払（精算払）請求: what a body asks to be paid, and why it is needed (会計法22条, 適正化法15条)."""


def register() -> None:
    """Called when the apps start, after the needs of whose parts it is made."""
    from grants.filings.api import register_kind, register_section
    from portal.access.api import register as register_actions
    from portal.workflow.api import register as register_workflow

    from . import notifications  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import CLAIM
    from .lifecycle import LIFECYCLE
    from .panels import PAID
    from .policy import ACTIONS

    register_kind(CLAIM)
    register_section(PAID)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
