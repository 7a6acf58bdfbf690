from grants.filings.api import FilingState
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_CONFIRMED = frozenset({FilingState.ACCEPTED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("income.list", "収益状況報告の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("income.start", "収益状況報告を書き始める", _DRAFTER, changes=True),
    Action("income.view", "収益状況報告の入力状況を見る", PREFECTURE),
    Action("income.edit", "収益状況報告を入力する", _DRAFTER, states=_WRITING, changes=True),
    Action("income.correct", "収益状況報告を訂正する", _DRAFTER, states=_CONFIRMED, changes=True),
    Action(
        "income.decide_less",
        "収益納付の減額の措置を決める",
        frozenset({Role.DECIDER}),
        states=_CONFIRMED,
        changes=True,
        steps_up=True,
    ),
)
