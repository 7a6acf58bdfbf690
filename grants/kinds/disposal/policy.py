from grants.filings.api import FilingState
from grants.properties.api import AssetState
from portal.access.api import PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action(
        "disposal.start",
        "財産処分の申請を書き始める",
        _DRAFTER,
        states=frozenset({AssetState.HELD}),
        changes=True,
    ),
    Action("disposal.view", "財産処分の申請の入力状況を見る", PREFECTURE),
    Action("disposal.edit", "財産処分の申請を入力する", _DRAFTER, states=_WRITING, changes=True),
)
