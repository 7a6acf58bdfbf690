"""THE table of a 返還命令. Payments are recorded in between, by services."""

from grants.desk.api import no_conflict
from portal.access.api import Role
from portal.workflow.api import Transition, Workflow

from . import guards
from .states import OrderState

S = OrderState

LIFECYCLE = Workflow(
    key="refunds.order",
    model="refunds.RefundOrder",
    states=OrderState,
    initial=S.ORDERED,
    transitions=(
        Transition(
            "settle",
            "納付の完了を確認する",
            (S.ORDERED,),
            S.SETTLED,
            frozenset({Role.DECIDER}),
            "適正化法18条、19条",
            guards=(no_conflict, guards.nothing_left),
            notifies=("refunds.settled",),
            consequence="返還額と、加算金・延滞金の納付が終わったことを、都道府県に知らせます。",
            steps_up=True,
        ),
    ),
)
