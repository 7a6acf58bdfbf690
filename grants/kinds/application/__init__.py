"""様式第1号 交付申請: one module per concern, registered into the engine of filings."""


def register() -> None:
    """Called when the apps start: kind, table, policy, requirements, papers, notices, home."""
    from grants.filings.api import register_kind
    from grants.guideline.api import carry
    from grants.guideline.api import register as register_requirements
    from portal.access.api import register as register_actions
    from portal.accounts.api import register_work
    from portal.home.api import register as register_panels
    from portal.workflow.api import register as register_workflow

    from . import notifications, panels  # noqa: F401  notices register themselves by decorator
    from .carriers import CARRIERS
    from .documents import register_documents
    from .kind import APPLICATION, FILING_REQUIREMENTS
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS

    register_kind(APPLICATION)
    register_requirements(*FILING_REQUIREMENTS)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
    register_panels(*panels.PANELS)
    register_work(panels.work_of)
    carry(*CARRIERS)
    _register_menu()


def _register_menu() -> None:
    from portal.access.api import CABINET_OFFICE, PREFECTURE
    from portal.ui.api import NavItem, register_navigation

    register_navigation(
        NavItem("計画・申請", "applications:index", PREFECTURE, order=10),
        NavItem("決定", "decisions:list", CABINET_OFFICE, order=20),
    )
