from grants.filings.api import FilingState
from portal.access.api import PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("discontinuance.start", "中止・廃止の申請を始める", _DRAFTER, changes=True),
    Action("discontinuance.view", "中止・廃止の申請の入力状況を見る", PREFECTURE),
    Action(
        "discontinuance.edit",
        "中止・廃止の申請を入力する",
        _DRAFTER,
        states=_WRITING,
        changes=True,
    ),
)
