from django.apps import AppConfig


class AllocationsConfig(AppConfig):
    name = "grants.allocations"
    label = "allocations"
    verbose_name = "所要額と配分"

    def ready(self) -> None:
        from grants.awards.api import register_promises
        from grants.guideline.api import register as register_requirements
        from grants.plans.api import register_allowance
        from portal.access.api import CABINET_OFFICE
        from portal.access.api import register as register_actions
        from portal.home.api import register as register_panels
        from portal.ui.api import NavItem, register_navigation

        from . import notifications, panels  # noqa: F401  notices register themselves by decorator
        from .documents import register_documents
        from .known import allowance_of_revision
        from .policy import ACTIONS
        from .requirements import REQUIREMENTS
        from .sharing import promised_for, release

        register_requirements(*REQUIREMENTS)
        register_actions(*ACTIONS)
        register_promises(promised_for, release)
        register_allowance(allowance_of_revision)
        register_documents()
        register_panels(*panels.PANELS)
        register_navigation(NavItem("配分", "allocations:list", CABINET_OFFICE, order=9))
