from grants.filings.api import FilingState
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("claims.list", "請求の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("claims.start", "請求を書き始める", _DRAFTER, changes=True),
    Action("claims.view", "請求の入力状況を見る", PREFECTURE),
    Action("claims.edit", "請求を入力する", _DRAFTER, states=_WRITING, changes=True),
    Action("claims.examine", "請求の内容と振込先を見る", CABINET_OFFICE),
    Action(
        "claims.give_up",
        "請求の残りを取りやめる",
        frozenset({Role.APPROVER}),
        states=frozenset({FilingState.ACCEPTED}),
        changes=True,
    ),
    Action("claims.paper", "請求書を開く", frozenset({Role.REVIEWER, Role.DECIDER})),
)
