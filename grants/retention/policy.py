from __future__ import annotations

from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

PROPOSERS = frozenset({Role.REVIEWER, Role.PROGRAMME_MANAGER})
DECIDERS = frozenset({Role.DECIDER})

ACTIONS = (
    Action("retention.list", "保存期間の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("retention.view", "案件の保存期間を見る", PREFECTURE | CABINET_OFFICE),
    Action("retention.propose", "満了時措置の案を作る", PROPOSERS, changes=True),
)
