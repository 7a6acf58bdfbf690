from grants.filings.api import FilingState
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("change.start", "変更の申請を始める", _DRAFTER, changes=True),
    Action("change.view", "変更の申請の入力状況を見る", PREFECTURE),
    Action("change.compare", "変更前と変更後を見る", PREFECTURE | CABINET_OFFICE),
    Action("change.edit", "変更の理由と額を入力する", _DRAFTER, states=_WRITING, changes=True),
)
