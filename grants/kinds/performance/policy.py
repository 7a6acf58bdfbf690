from grants.filings.api import FilingState
from portal.access.api import PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("performance.start", "実績報告を書き始める", _DRAFTER, changes=True),
    Action("performance.view", "実績報告の入力状況を見る", PREFECTURE),
    Action("performance.edit", "実績報告を入力する", _DRAFTER, states=_WRITING, changes=True),
)
