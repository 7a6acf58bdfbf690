from typing import Any

from django.apps import AppConfig


class SubcontractsConfig(AppConfig):
    name = "grants.subcontracts"
    label = "subcontracts"
    verbose_name = "再委託"

    def ready(self) -> None:
        from grants.contractors.api import register_change_guard, register_section
        from grants.guideline.api import carry
        from grants.guideline.api import register as register_requirements
        from portal.access.api import register
        from portal.home.api import register as register_panels
        from portal.workflow.api import register as register_workflow
        from portal.workflow.api import transitioned

        from . import notifications  # noqa: F401  notices register themselves by decorator
        from .carriers import CARRIERS
        from .chain import against_change
        from .lifecycle import LIFECYCLE
        from .panels import PANELS
        from .policy import ACTIONS
        from .presentation import SECTIONS
        from .requirements import REQUIREMENTS

        register(*ACTIONS)
        register_panels(*PANELS)
        register_workflow(LIFECYCLE)
        register_requirements(*REQUIREMENTS)
        register_change_guard(against_change)
        for section in SECTIONS:
            register_section(section)
        carry(*CARRIERS)
        self._register_screens()
        transitioned.connect(_end_with_contract, dispatch_uid="subcontracts.end_with_contract")

    def _register_screens(self) -> None:
        from portal.ui.api import Chip, Form, register_chips

        register_chips(
            link_draft=Chip("作成中", "editing"),
            link_requested=Chip("承諾待ち", "submitted"),
            link_sent_back=Chip("差戻し", "returned"),
            link_consented=Chip("承諾済み", "done", Form.SHAPE),
            link_refused=Chip("不承諾", "closed"),
            link_withdrawn=Chip("取下げ", "closed"),
            link_revoked=Chip("承諾取消し", "returned"),
            link_superseded=Chip("変更済み", "closed"),
            link_ended=Chip("終了", form=Form.PLAIN),
            link_without_consent=Chip("承諾なし", "late"),
        )


def _end_with_contract(sender: Any, subject: Any, transition: Any, **rest: Any) -> None:
    """Inside the transaction in which a contract ends or is terminated."""
    from grants.contractors.api import Contract

    from .effects import end_all

    if sender is Contract and transition.name in ("end", "terminate"):
        end_all(subject, f"契約の{'終了' if transition.name == 'end' else '解除'}")
