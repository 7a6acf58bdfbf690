"""仕入控除税額の報告: tax that a recipient deducted is reported, even if zero (交付の条件)."""


def register() -> None:
    """Called when the apps start, after the 中止・廃止 of whose parts it is made."""
    from grants.filings.api import register_kind, register_section
    from grants.guideline.api import register as register_requirements
    from grants.input_tax.api import InputTaxReport
    from grants.kinds.corrections import corrections_section, tell_of_lessening
    from portal.access.api import register as register_actions
    from portal.home.api import register as register_panels
    from portal.workflow.api import register as register_workflow

    from . import notifications, panels  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import INPUT_TAX
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS
    from .requirements import REQUIREMENTS

    register_kind(INPUT_TAX)
    register_requirements(*REQUIREMENTS)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
    register_panels(*panels.PANELS)
    register_section(corrections_section(InputTaxReport))
    tell_of_lessening(InputTaxReport)
