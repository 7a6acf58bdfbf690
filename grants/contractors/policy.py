from __future__ import annotations

from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE, Action, Role

from .states import ContractState

_DRAFTER = frozenset({Role.DRAFTER})
_DRAFT = frozenset({ContractState.DRAFT})

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
)
