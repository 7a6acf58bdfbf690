from grants.filings.api import FilingState
from portal.access.api import PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("year_end.start", "年度終了実績報告を始める", _DRAFTER, changes=True),
    Action("year_end.view", "年度終了実績報告の入力状況を見る", PREFECTURE),
    Action("year_end.edit", "年度終了実績報告を入力する", _DRAFTER, states=_WRITING, changes=True),
)
