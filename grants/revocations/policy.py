from portal.access.api import Action, Role

ACTIONS = (
    Action(
        "revocations.revoke",
        "交付の決定を取り消す",
        frozenset({Role.DECIDER}),
        changes=True,
        steps_up=True,
    ),
)
