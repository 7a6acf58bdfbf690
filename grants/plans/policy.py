from portal.access.api import PREFECTURE, Action, Role

ACTIONS = (
    Action("plans.view", "計画を見る", PREFECTURE),
    Action("plans.edit", "計画を入力する", frozenset({Role.DRAFTER}), changes=True),
)
