from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grants.contractors.api import ContractState, InvoiceState
from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE, Action, Role
from portal.core.actor import Actor

from .states import WRITABLE, LinkState

_DRAFTER = frozenset({Role.DRAFTER})
_ASKERS = frozenset({Role.DRAFTER, Role.RESPONSIBLE})
_BILLED = frozenset(set(InvoiceState) - {InvoiceState.WITHDRAWN})
_IN_FORCE = frozenset({LinkState.CONSENTED})


def _own_side(link: Any, actor: Actor) -> Iterable[str]:
    if link.is_offices_own != (actor.role in PREFECTURE):
        yield "この承諾願の内容を変えられるのは、作成した側です。"


ACTIONS = (
    Action("subcontracts.list", "再委託の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("subcontracts.view", "再委託を見る", PREFECTURE | CABINET_OFFICE | CONTRACTOR),
    Action(
        "subcontracts.write",
        "再委託の承諾願を作成する",
        _ASKERS,
        states=frozenset({ContractState.IN_FORCE}),
        changes=True,
    ),
    Action(
        "subcontracts.edit",
        "再委託の承諾願を変える",
        _ASKERS,
        states=WRITABLE,
        when=_own_side,
        changes=True,
    ),
    Action(
        "subcontracts.replace",
        "承諾された再委託の変更を求める",
        _ASKERS,
        states=_IN_FORCE,
        changes=True,
    ),
    Action(
        "subcontracts.invite",
        "再委託先の入力担当を招待する",
        _DRAFTER,
        states=_IN_FORCE,
        changes=True,
    ),
    Action(
        "subcontracts.tell",
        "請求の支払先の内訳を入力する",
        _ASKERS,
        states=_BILLED,
        changes=True,
    ),
)
