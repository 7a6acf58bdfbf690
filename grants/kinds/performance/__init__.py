"""実績報告: what a year brought about and what it cost, on which the amount is fixed."""


def register() -> None:
    """Called when the apps start: kind, table, policy, papers, notices, home."""
    from grants.filings.api import register_kind
    from portal.access.api import register as register_actions
    from portal.home.api import register as register_panels
    from portal.workflow.api import register as register_workflow

    from . import notifications, panels  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import PERFORMANCE
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS

    register_kind(PERFORMANCE)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
    register_panels(*panels.PANELS)
