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
            guards=(no_conflict, guards.what_it_took_came_back),
            notifies=("revocations.closed",),
            consequence="取り消した部分について受領した額が返還されたことを確かめ、取消しの手続を終えます。"
            "一部の取消しでは、残りの部分は額の確定へ進みます。",
            steps_up=True,
        ),
    ),
)
