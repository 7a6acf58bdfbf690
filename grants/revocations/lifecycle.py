"""THE table of what follows a 取消し of the whole."""

from grants.desk.api import no_conflict
from portal.access.api import Role
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import guards
from .states import RevocationState

S = RevocationState

LIFECYCLE = Workflow(
    key="revocations.revocation",
    model="revocations.Revocation",
    states=RevocationState,
    initial=S.REVOKED,
    transitions=(
        Transition(
            "close",
            "取消しの手続を終える",
            (S.REVOKED,),
            S.CLOSED,
            frozenset({Role.DECIDER}),
            INTERNAL,
            guards=(no_conflict, guards.only_whole, guards.everything_came_back),
            notifies=("revocations.closed",),
            consequence="受領した額がすべて返還されたことを確かめ、この交付決定の手続を終えます。",
            steps_up=True,
            offered=guards.is_whole,
        ),
    ),
)
