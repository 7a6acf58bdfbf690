from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE, Action, Role
from portal.core.actor import Actor

from .states import CONCLUDED, ContractState, InvoiceState

_DRAFTER = frozenset({Role.DRAFTER})
_DRAFT = frozenset({ContractState.DRAFT})
_BILLERS = frozenset({Role.DRAFTER, Role.RESPONSIBLE})
_WRITABLE = frozenset({InvoiceState.DRAFT, InvoiceState.SENT_BACK})


def _own_side(invoice: Any, actor: Actor) -> Iterable[str]:
    if invoice.is_offices_own != (actor.role in PREFECTURE):
        yield "この請求の内容を変えられるのは、作成した側です。"


ACTIONS = (
    Action("contractors.view", "委託先を見る", PREFECTURE | CABINET_OFFICE),
    Action("contractors.edit", "委託先を登録する", _DRAFTER, changes=True),
    Action("contractors.check", "除外団体でないことの確認を記録する", _DRAFTER, changes=True),
    Action("contractors.prepare", "契約を準備する", _DRAFTER, changes=True),
    Action("contracts.view", "契約を見る", PREFECTURE | CABINET_OFFICE | CONTRACTOR),
    Action("contracts.edit", "契約の内容を変える", _DRAFTER, states=_DRAFT, changes=True),
    Action(
        "contracts.invite",
        "契約の担当者を招待する",
        _DRAFTER,
        states=frozenset({ContractState.DRAFT, ContractState.IN_FORCE}),
        changes=True,
    ),
    Action(
        "contracts.people",
        "契約の担当者を加える",
        frozenset({Role.RESPONSIBLE}),
        states=frozenset({ContractState.IN_FORCE}),
        changes=True,
    ),
    Action(
        "contracts.accept_work",
        "検査の結果を記録する",
        _DRAFTER,
        states=CONCLUDED,
        changes=True,
    ),
    Action(
        "contracts.declare_funding",
        "他の資金を申告する",
        _BILLERS,
        states=CONCLUDED,
        changes=True,
    ),
    Action("contracts.papers", "契約の書類を見る", PREFECTURE | CABINET_OFFICE | CONTRACTOR),
    Action(
        "contracts.report",
        "完了届と事故報告を出す",
        frozenset({Role.RESPONSIBLE}),
        states=CONCLUDED,
        changes=True,
    ),
    Action("invoices.view", "請求を見る", PREFECTURE | CABINET_OFFICE | CONTRACTOR),
    Action("invoices.write", "請求を作成する", _BILLERS, states=CONCLUDED, changes=True),
    Action(
        "invoices.edit",
        "請求の内容を変える",
        _BILLERS,
        states=_WRITABLE,
        when=_own_side,
        changes=True,
    ),
    Action("contractors.layouts", "書類の様式を見る", PREFECTURE),
    Action(
        "contractors.state_layout",
        "書類の様式を決める",
        frozenset({Role.PREFECTURE_ADMIN}),
        changes=True,
    ),
    Action("money.view", "お金の流れを見る", PREFECTURE | CABINET_OFFICE),
)
