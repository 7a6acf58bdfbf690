from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

ACTIONS = (
    Action("allocations.view", "配分案を見る", CABINET_OFFICE),
    Action(
        "allocations.plan",
        "配分案を作る",
        frozenset({Role.REVIEWER, Role.PROGRAMME_MANAGER}),
        changes=True,
    ),
    Action(
        "allocations.promise",
        "配分案により内示する",
        frozenset({Role.DECIDER}),
        changes=True,
        steps_up=True,
    ),
    Action(
        "allocations.open_round",
        "募集の回を開く",
        frozenset({Role.PROGRAMME_MANAGER}),
        changes=True,
    ),
    Action("allocations.read_promise", "内示を見る", PREFECTURE | CABINET_OFFICE),
    Action(
        "allocations.end_promise",
        "内示の取り置きを終える",
        frozenset({Role.DECIDER}),
        changes=True,
        steps_up=True,
    ),
    Action("allocations.prior_starts", "事前着手届を見る", PREFECTURE | CABINET_OFFICE),
    Action(
        "allocations.file_prior_start",
        "事前着手を届け出る",
        frozenset({Role.APPROVER}),
        changes=True,
        steps_up=True,
    ),
    Action("allocations.read_batch", "一括の処理の結果を見る", CABINET_OFFICE),
)
