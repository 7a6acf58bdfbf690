from portal.access.api import CABINET_OFFICE, Action, Role

_DECIDER = frozenset({Role.DECIDER})

ACTIONS = (
    Action("funds.view", "予算と支払を見る", CABINET_OFFICE),
    Action(
        "funds.record",
        "予算成立・示達・支出負担行為を記録する",
        _DECIDER,
        changes=True,
        steps_up=True,
    ),
    Action(
        "funds.correct",
        "予算成立・示達・支出負担行為を訂正する",
        _DECIDER,
        changes=True,
        steps_up=True,
    ),
    Action(
        "funds.upload",
        "会計の記録のファイルを照合する",
        frozenset({Role.REVIEWER, Role.DECIDER}),
        changes=True,
    ),
    Action("funds.take_over", "会計の記録から支払日を写す", _DECIDER, changes=True, steps_up=True),
    Action("funds.pay", "請求に対する支払を記録する", _DECIDER, changes=True, steps_up=True),
)
