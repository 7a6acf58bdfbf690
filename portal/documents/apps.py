from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "portal.documents"
    label = "documents"
    verbose_name = "書類"

    def ready(self) -> None:
        from portal.access.api import register
        from portal.ui.api import NavItem, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import services  # noqa: F401  the handler of the outbox
        from .lifecycle import LIFECYCLE
        from .policy import ACTIONS

        register(*ACTIONS)
        register_navigation(NavItem("書類・通知", "documents:list", ACTIONS[0].roles, order=60))
        register_workflow(LIFECYCLE)
