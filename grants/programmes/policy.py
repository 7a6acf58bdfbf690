from portal.access.api import EVERYONE, Action, Role

ACTIONS = (
    Action("programmes.view", "制度の値を見る", EVERYONE),
    Action(
        "programmes.edit",
        "制度の値を変える",
        frozenset({Role.PROGRAMME_MANAGER}),
        changes=True,
        steps_up=True,
    ),
)
