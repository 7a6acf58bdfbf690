from __future__ import annotations

from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

from .states import FilingState

ACTIONS = (
    Action("filings.view", "申請を見る", PREFECTURE | CABINET_OFFICE | {Role.READER}),
    Action(
        "filings.attach",
        "添付資料を追加する",
        frozenset({Role.DRAFTER}),
        states=frozenset({FilingState.DRAFT, FilingState.RETURNED}),
        changes=True,
    ),
    Action(
        "filings.review",
        "審査する",
        frozenset({Role.REVIEWER}),
        states=frozenset({FilingState.UNDER_REVIEW}),
        changes=True,
    ),
)
