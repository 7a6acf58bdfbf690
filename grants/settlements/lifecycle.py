"""THE table of what follows 額の確定. How a report gets there is in `grants.kinds.performance`."""

from grants.desk.api import no_conflict
from portal.access.api import Role
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import guards
from .states import SettlementState

S = SettlementState

LIFECYCLE = Workflow(
    key="settlements.settlement",
    model="settlements.Settlement",
    states=SettlementState,
    initial=S.FINALISED,
    transitions=(
        Transition(
            "close",
            "交付の手続を終える",
            (S.FINALISED,),
            S.CLOSED,
            frozenset({Role.DECIDER}),
            INTERNAL,
            guards=(no_conflict, guards.refunds_are_settled, guards.money_is_even),
            notifies=("settlements.closed",),
            consequence="支払と返還が確定額と合うことを確かめ、この交付決定の手続を終えます。"
            "終えた後も、17条3項により取り消すことがあります。",
            steps_up=True,
        ),
    ),
)
