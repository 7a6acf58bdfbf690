from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "grants.inquiries"
    label = "inquiries"
    verbose_name = "照会"

    def ready(self) -> None:
        from portal.access.api import CABINET_OFFICE, PREFECTURE, register
        from portal.home.api import register as register_panels
        from portal.ui.api import Chip, NavItem, register_chips, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .lifecycle import INQUIRY_LIFECYCLE, REPLY_LIFECYCLE
        from .panels import PANELS
        from .policy import ACTIONS

        register(*ACTIONS)
        register_workflow(INQUIRY_LIFECYCLE)
        register_workflow(REPLY_LIFECYCLE)
        register_panels(*PANELS)
        register_chips(waiting=Chip("未回答", "todo"))
        register_navigation(
            NavItem("照会", "inquiries:list", PREFECTURE | CABINET_OFFICE, order=25)
        )
