"""遂行状況報告: how far each 取組 is on a day, and what it has cost (適正化法12条)."""


def register() -> None:
    """Called when the apps start, after the 中止・廃止 of whose parts it is made."""
    from grants.filings.api import register_kind
    from grants.guideline.api import register as register_requirements
    from portal.access.api import register as register_actions
    from portal.home.api import register as register_panels
    from portal.workflow.api import register as register_workflow

    from . import notifications, panels  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import PROGRESS, REQUIREMENTS
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS

    register_kind(PROGRESS)
    register_requirements(*REQUIREMENTS)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
    register_panels(*panels.PANELS)
