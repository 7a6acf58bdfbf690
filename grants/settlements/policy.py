from grants.filings.api import FilingState
from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

ACTIONS = (
    Action("settlements.list", "支払と精算の一覧を見る", PREFECTURE | CABINET_OFFICE),
    Action("settlements.view", "支払と精算を見る", PREFECTURE | CABINET_OFFICE),
    Action("settlements.read_lines", "精算の明細の審査を見る", CABINET_OFFICE),
    Action(
        "settlements.judge",
        "精算の明細を審査する",
        frozenset({Role.REVIEWER}),
        states=frozenset({FilingState.UNDER_REVIEW}),
        changes=True,
    ),
)
