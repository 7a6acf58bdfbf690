from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE, Action, Role

ACTIONS = (
    Action("programmes.view", "制度の値を見る", CABINET_OFFICE | PREFECTURE | CONTRACTOR),
    Action(
        "programmes.edit",
        "制度の値を変える",
        frozenset({Role.PROGRAMME_MANAGER}),
        changes=True,
        steps_up=True,
    ),
)
