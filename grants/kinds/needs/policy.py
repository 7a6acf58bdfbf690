from grants.filings.api import FilingState
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})

ACTIONS = (
    Action("needs.list", "所要額調査・協議の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action(
        "needs.open",
        "所要額調査・協議を始める",
        frozenset({Role.PROGRAMME_MANAGER}),
        changes=True,
    ),
    Action("needs.compare", "回答を比べる", CABINET_OFFICE),
    Action("needs.answer", "回答を始める", frozenset({Role.DRAFTER}), changes=True),
    Action(
        "needs.edit",
        "所要額を入力する",
        frozenset({Role.DRAFTER}),
        states=_WRITING,
        changes=True,
    ),
)
