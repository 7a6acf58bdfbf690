"""所要額調査: what each body will need in the coming round, asked before it applies."""


def register() -> None:
    """Called when the apps start: kind, table, policy, papers, notices, home, menu."""
    from grants.filings.api import register_kind
    from portal.access.api import CABINET_OFFICE, PREFECTURE
    from portal.access.api import register as register_actions
    from portal.home.api import register as register_panels
    from portal.ui.api import NavItem, register_navigation
    from portal.workflow.api import register as register_workflow

    from . import notifications, panels  # noqa: F401  notices register themselves by decorator
    from .documents import register_documents
    from .kind import NEEDS
    from .lifecycle import LIFECYCLE
    from .policy import ACTIONS

    register_kind(NEEDS)
    register_actions(*ACTIONS)
    register_workflow(LIFECYCLE)
    register_documents()
    register_panels(*panels.PANELS)
    register_navigation(NavItem("所要額", "needs:list", PREFECTURE | CABINET_OFFICE, order=8))
