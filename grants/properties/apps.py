from django.apps import AppConfig


class PropertiesConfig(AppConfig):
    name = "grants.properties"
    label = "properties"
    verbose_name = "取得財産"

    def ready(self) -> None:
        from grants.programmes.api import copied_with_the_year
        from grants.refunds.api import register_claims
        from portal.access.api import CABINET_OFFICE, PREFECTURE
        from portal.access.api import register as register_actions
        from portal.home.api import register as register_panels
        from portal.ui.api import Chip, Form, NavItem, register_chips, register_navigation
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .documents import register_documents
        from .known import claims
        from .lifecycle import LIFECYCLE
        from .panels import PANELS
        from .policy import ACTIONS
        from .services import copy_lives

        register_actions(*ACTIONS)
        register_workflow(LIFECYCLE)
        register_documents()
        register_claims(claims)
        copied_with_the_year(copy_lives)
        register_panels(*PANELS)
        register_chips(
            in_hand=Chip("保有", form=Form.PLAIN),
            disposed=Chip("処分済み", "closed"),
            struck=Chip("記載の取消し", "closed"),
            seen=Chip("現物がある", "met", Form.SHAPE),
            damaged=Chip("損傷", "warn", Form.SHAPE),
            not_seen=Chip("現物がない", "unmet", Form.SHAPE),
            not_checked=Chip("未確認", "warn", Form.SHAPE),
        )
        register_navigation(
            NavItem("取得財産", "properties:list", PREFECTURE | CABINET_OFFICE, 60, "menu")
        )
