from __future__ import annotations

from collections.abc import Iterator

from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role
from portal.core.actor import Actor

from .models import Visit
from .states import VisitState

# 検査職員 plans and writes the record; 決定権者, who was not there, issues what goes out.
INSPECTORS = frozenset({Role.INSPECTOR})
ISSUERS = frozenset({Role.DECIDER})
PLANNED = frozenset({VisitState.PLANNED})
# An unannounced visit is written down while it is planned: nothing was sent before it.
RECORDABLE = frozenset({VisitState.PLANNED, VisitState.NOTICED, VisitState.HELD})


def of_team(visit: Visit, actor: Actor) -> Iterator[str]:
    if not visit.is_of_team(actor):
        yield "この検査の検査職員ではありません。検査職員に依頼してください。"


def _own_record(visit: Visit, actor: Actor) -> Iterator[str]:
    if visit.is_outside:
        yield "他の機関の検査です。登録した内容を直してください。"
    yield from of_team(visit, actor)


ACTIONS = (
    Action("visits.list", "立入検査の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("visits.view", "立入検査を見る", PREFECTURE | CABINET_OFFICE),
    Action("visits.plan", "立入検査を計画する", INSPECTORS, changes=True),
    Action(
        "visits.edit",
        "検査の計画を直す",
        INSPECTORS,
        states=PLANNED,
        when=of_team,
        changes=True,
    ),
    Action(
        "visits.record",
        "検査の記録を書く",
        INSPECTORS,
        states=RECORDABLE,
        when=_own_record,
        changes=True,
    ),
)
