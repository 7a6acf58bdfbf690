from grants.filings.api import FilingState
from portal.access.api import PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("carryover.start", "繰越の承認の申出を始める", _DRAFTER, changes=True),
    Action("carryover.view", "繰越の承認の申出の入力状況を見る", PREFECTURE),
    Action("carryover.edit", "繰越の承認の申出を入力する", _DRAFTER, states=_WRITING, changes=True),
)
