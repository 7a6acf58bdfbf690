from portal.access.api import CABINET_OFFICE, PREFECTURE, Action, Role

from .states import OrderState

_DECIDER = frozenset({Role.DECIDER})
_RUNNING = frozenset({OrderState.ORDERED})

ACTIONS = (
    Action("refunds.what_if", "返還の額を試算する", PREFECTURE | CABINET_OFFICE),
    Action("refunds.order", "返還を命ずる", _DECIDER, changes=True, steps_up=True),
    Action("refunds.view", "返還命令を見る", PREFECTURE | CABINET_OFFICE),
    Action(
        "refunds.record",
        "納付を記録する",
        _DECIDER,
        states=_RUNNING,
        changes=True,
        steps_up=True,
    ),
    Action("refunds.undo", "納付の記録を取り消す", _DECIDER, changes=True, steps_up=True),
    Action("refunds.give_back", "払い戻しを記録する", _DECIDER, changes=True, steps_up=True),
    Action(
        "refunds.undo_giving_back",
        "払い戻しの記録を取り消す",
        _DECIDER,
        changes=True,
        steps_up=True,
    ),
    Action(
        "refunds.exempt",
        "加算金・延滞金を免除する",
        _DECIDER,
        states=_RUNNING,
        changes=True,
        steps_up=True,
    ),
    Action(
        "refunds.notify_interest",
        "加算金・延滞金を通知する",
        _DECIDER,
        states=_RUNNING,
        changes=True,
        steps_up=True,
    ),
)
