from __future__ import annotations

from inspections.visits.api import INSPECTORS, VisitState, of_team
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action

# Until the results are issued: what is drawn later would not be of this visit.
DRAWABLE = frozenset({VisitState.PLANNED, VisitState.NOTICED, VisitState.HELD})

ACTIONS = (
    Action("sampling.plan", "検査の対象を選ぶための数値を見る", CABINET_OFFICE),
    Action(
        "sampling.choose",
        "検査の年間計画に入れる、外す",
        INSPECTORS,
        changes=True,
    ),
    Action(
        "sampling.draw",
        "検査する支出を抽出する",
        INSPECTORS,
        states=DRAWABLE,
        when=of_team,
        changes=True,
    ),
    Action("sampling.view", "抽出の結果を見る", PREFECTURE | CABINET_OFFICE),
)
