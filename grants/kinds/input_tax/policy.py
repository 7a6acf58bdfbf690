from grants.filings.api import FilingState
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("input_tax.list", "仕入控除税額の報告の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("input_tax.start", "仕入控除税額の報告を書き始める", _DRAFTER, changes=True),
    Action("input_tax.view", "仕入控除税額の報告の入力状況を見る", PREFECTURE),
    Action(
        "input_tax.correct",
        "仕入控除税額の報告を訂正する",
        _DRAFTER,
        states=frozenset({FilingState.ACCEPTED}),
        changes=True,
    ),
    Action(
        "input_tax.decide_less",
        "仕入控除税額の減額の措置を決める",
        frozenset({Role.DECIDER}),
        states=frozenset({FilingState.ACCEPTED}),
        changes=True,
        steps_up=True,
    ),
    Action(
        "input_tax.edit", "仕入控除税額の報告を入力する", _DRAFTER, states=_WRITING, changes=True
    ),
)
