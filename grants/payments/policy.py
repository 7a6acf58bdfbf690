from portal.access.api import Action, Role

ACTIONS = (
    Action(
        "payments.record",
        "国からの支払を記録する",
        frozenset({Role.DECIDER}),
        changes=True,
        steps_up=True,
    ),
    Action(
        "payments.undo",
        "支払の記録を取り消す",
        frozenset({Role.DECIDER}),
        changes=True,
        steps_up=True,
    ),
)
