from __future__ import annotations

from portal.access.api import PREFECTURE, Action, Role

_APPROVER = frozenset({Role.APPROVER})
_ADMIN = frozenset({Role.PREFECTURE_ADMIN})

ACTIONS = (
    Action("approvals.list", "決裁の一覧を見る", _APPROVER),
    Action("approvals.endorse", "承認・合議する", _APPROVER, changes=True, steps_up=True),
    Action("approvals.routes.view", "決裁経路を見る", PREFECTURE),
    Action("approvals.routes.edit", "決裁経路を決める", _ADMIN, changes=True),
)
