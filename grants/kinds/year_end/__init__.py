"""年度終了実績報告: the fiscal year is over and the work is not (適正化法14条後段, 施行令8条)."""


def register() -> None:
    """Called when the apps start, after the 中止・廃止 of whose parts it is made."""
    from grants.filings.api import register_kind
    from grants.guideline.api import register as register_requirements
    from portal.access.api import register as register_actions
    from portal.workflow.api import register as register_workflow

    from . import notifications  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import REQUIREMENTS, YEAR_END
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS

    register_kind(YEAR_END)
    register_requirements(*REQUIREMENTS)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
