from django.apps import AppConfig


class ContractorsConfig(AppConfig):
    name = "grants.contractors"
    label = "contractors"
    verbose_name = "委託先・補助先"

    def ready(self) -> None:
        from grants.guideline.api import carry
        from grants.guideline.api import register as register_requirements
        from portal.access.api import register
        from portal.workflow.api import register as register_workflow

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .carriers import CARRIERS
        from .lifecycle import INVOICE_LIFECYCLE, LIFECYCLE
        from .papers import register_documents
        from .policy import ACTIONS
        from .requirements import REQUIREMENTS

        register(*ACTIONS)
        register_documents()
        register_workflow(LIFECYCLE)
        register_workflow(INVOICE_LIFECYCLE)
        register_requirements(*REQUIREMENTS)
        carry(*CARRIERS)
        self._register_screens()

    def _register_screens(self) -> None:
        from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE
        from portal.ui.api import Chip, Form, NavItem, register_chips, register_navigation

        register_chips(
            ended=Chip("終了", form=Form.PLAIN),
            cancelled=Chip("取りやめ", "closed"),
            terminated=Chip("解除", "returned"),
            invited=Chip("招待中", "todo"),
            invoice_draft=Chip("作成中", "editing"),
            invoice_billed=Chip("請求済み", "submitted"),
            invoice_sent_back=Chip("差戻し", "returned"),
            invoice_payable=Chip("支払待ち", "approval"),
            invoice_paid=Chip("支払済み", "done", Form.SHAPE),
            invoice_withdrawn=Chip("取下げ", "closed"),
        )
        register_navigation(
            NavItem("委託先・実績", "contractors:list", PREFECTURE | CABINET_OFFICE, order=30),
            NavItem("契約", "contractors:contracts", CONTRACTOR, order=30),
            NavItem("書類の様式", "contractors:layouts", PREFECTURE, order=86, section="menu"),
            NavItem("お金の流れ", "contractors:ledgers", PREFECTURE | CABINET_OFFICE, order=35),
        )
