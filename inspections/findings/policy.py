from __future__ import annotations

from collections.abc import Iterator

from inspections.visits.api import INSPECTORS, VisitState, of_team
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role
from portal.core.actor import Actor

from .models import Finding
from .states import FindingState

ANSWERERS = frozenset({Role.DRAFTER, Role.APPROVER})
APPROVERS = frozenset({Role.APPROVER})
# A visit of which findings are written: it was held, and is not closed.
WRITABLE = frozenset({VisitState.HELD, VisitState.REPORTED})


def of_its_team(finding: Finding, actor: Actor) -> Iterator[str]:
    return of_team(finding.visit, actor)


ACTIONS = (
    Action("findings.list", "指摘の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("findings.lessons", "指摘から分かったことを見る", PREFECTURE | CABINET_OFFICE),
    Action("findings.view", "指摘を見る", PREFECTURE | CABINET_OFFICE),
    Action("findings.write", "指摘を書く", INSPECTORS, states=WRITABLE, when=of_team, changes=True),
    Action(
        "findings.edit",
        "作成中の指摘を直す",
        INSPECTORS,
        states=frozenset({FindingState.DRAFTED}),
        when=of_its_team,
        changes=True,
    ),
    Action(
        "findings.correction",
        "是正の計画と報告を書く",
        ANSWERERS,
        states=frozenset({FindingState.UPHELD}),
        changes=True,
    ),
)
