from typing import Any

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "grants.records"
    label = "records"
    verbose_name = "活動実績"

    def ready(self) -> None:
        from grants.contractors.api import register_work_source
        from grants.guideline.api import carry
        from portal.access.api import register
        from portal.home.api import register as register_panels
        from portal.workflow.api import register as register_workflow
        from portal.workflow.api import transitioned

        from . import notifications, services, work  # noqa: F401  two register themselves by decorator
        from .carriers import CARRIERS
        from .lifecycle import BATCH_LIFECYCLE, REPORT_LIFECYCLE
        from .panels import PANELS
        from .papers import register_documents
        from .policy import ACTIONS

        register(*ACTIONS)
        register_work_source(work)
        register_documents()
        register_workflow(REPORT_LIFECYCLE)
        register_workflow(BATCH_LIFECYCLE)
        register_panels(*PANELS)
        carry(*CARRIERS)
        self._register_screens()
        transitioned.connect(_open_months_of_concluded, dispatch_uid="records.open_months")

    def _register_screens(self) -> None:
        from portal.access.api import CONTRACTOR
        from portal.ui.api import Chip, Form, NavItem, register_chips, register_navigation

        register_chips(
            coming=Chip("これから", form=Form.PLAIN),
            not_submitted=Chip("未提出", "todo"),
            received=Chip("読み取り中", "editing"),
            read=Chip("確認待ち", "check"),
            taken=Chip("取込み済み", "done", Form.SHAPE),
            refused=Chip("受け付けられません", "late"),
            abandoned=Chip("取りやめ", "closed"),
        )
        register_navigation(NavItem("活動実績", "records:list", CONTRACTOR, order=10))


def _open_months_of_concluded(sender: Any, subject: Any, transition: Any, **rest: Any) -> None:
    """Inside the transaction in which a contract is concluded, agreed anew or terminated."""
    from grants.contractors.api import Contract

    from .services import open_months

    if sender is Contract and transition.name in ("conclude", "change", "terminate"):
        open_months(subject)
