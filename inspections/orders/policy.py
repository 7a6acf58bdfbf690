from __future__ import annotations

from grants.desk.api import no_conflict
from inspections.visits.api import INSPECTORS
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

from .states import OWED, OrderState

ANSWERERS = frozenset({Role.DRAFTER, Role.APPROVER})
APPROVERS = frozenset({Role.APPROVER})

ACTIONS = (
    Action("orders.list", "措置の命令の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("orders.view", "措置の命令を見る", PREFECTURE | CABINET_OFFICE),
    # A conflict that was declared is said when the draft is saved, as of a visit.
    Action("orders.write", "措置の命令の案を書く", INSPECTORS, changes=True),
    Action(
        "orders.edit",
        "措置の命令の案を直す",
        INSPECTORS,
        states=frozenset({OrderState.DRAFTED}),
        when=no_conflict,
        changes=True,
    ),
    Action("orders.report", "命令の履行の報告を書く", ANSWERERS, states=OWED, changes=True),
)
