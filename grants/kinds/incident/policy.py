from grants.filings.api import FilingState
from portal.access.api import PREFECTURE, Action, Role

_WRITING = frozenset({FilingState.DRAFT, FilingState.RETURNED})
_DRAFTER = frozenset({Role.DRAFTER})

ACTIONS = (
    Action("incident.start", "事故・遅延の報告を始める", _DRAFTER, changes=True),
    Action(
        "incident.start_from_paper", "委託先の事故報告書から報告を始める", _DRAFTER, changes=True
    ),
    Action("incident.view", "事故・遅延の報告の入力状況を見る", PREFECTURE),
    Action("incident.edit", "事故・遅延の報告を入力する", _DRAFTER, states=_WRITING, changes=True),
)
