"""収益状況報告: what a year after completion brought in is reported, even if it is nothing (7条2項)."""


def register() -> None:
    """Called when the apps start, after the claim of whose parts it is made."""
    from grants.filings.api import register_kind, register_section
    from grants.guideline.api import register as register_requirements
    from grants.income.api import IncomeReport
    from grants.kinds.corrections import corrections_section, tell_of_lessening
    from portal.access.api import register as register_actions
    from portal.home.api import register as register_panels
    from portal.workflow.api import register as register_workflow

    from . import notifications, panels  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import INCOME
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS
    from .requirements import REQUIREMENTS

    register_kind(INCOME)
    register_requirements(*REQUIREMENTS)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
    register_panels(*panels.PANELS)
    register_section(panels.OUTCOME)
    register_section(corrections_section(IncomeReport))
    tell_of_lessening(IncomeReport)
