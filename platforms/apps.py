from django.apps import AppConfig


class PlatformsConfig(AppConfig):
    name = "platforms"
    label = "platforms"
    verbose_name = "地方版官民連携プラットフォーム"

    def ready(self) -> None:
        from portal.access.api import Role, register
        from portal.home.api import register as register_panels
        from portal.ui.api import Chip, NavItem, register_chips, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .documents import register_documents
        from .lifecycle import PROPOSAL_LIFECYCLE
        from .panels import PANELS
        from .policy import ACTIONS, READERS
        from .services import calling  # noqa: F401  so does the work after the commit

        register(*ACTIONS)
        register_workflow(PROPOSAL_LIFECYCLE)
        register_documents()
        register_panels(*PANELS)
        register_chips(
            proposed=Chip("提案中", "todo"),
            adopted=Chip("議題に採用", "decided"),
        )
        register_navigation(
            NavItem("プラットフォーム", "platforms:list", READERS | {Role.MEMBER}, order=40),
            NavItem("プラットフォームの一覧", "platforms:public", section="footer", order=20),
        )
