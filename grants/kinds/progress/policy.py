from grants.filings.api import FilingState
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("progress.list", "遂行状況報告の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("progress.start", "遂行状況報告を書き始める", _DRAFTER, changes=True),
    Action("progress.view", "遂行状況報告の入力状況を見る", PREFECTURE),
    Action("progress.edit", "遂行状況報告を入力する", _DRAFTER, states=_WRITING, changes=True),
    Action("progress.call", "遂行状況の報告を求める", frozenset({Role.REVIEWER}), changes=True),
)
