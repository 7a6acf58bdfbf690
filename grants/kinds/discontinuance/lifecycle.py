"""THE table of a 中止・廃止承認申請: filed like a report, reviewed, ended by its own decision.

Read this first.
"""

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.application import guards as on_filings
from grants.kinds.office_rows import (
    DECIDER,
    to_the_decider,
    to_the_office,
    under_review,
    withdraw,
)
from portal.workflow.api import Transition, Workflow

from . import effects, guards

S = FilingState
FORMS = "grants.kinds.discontinuance.forms."
LAW = "適正化法7条1項4号"
WITHDRAWABLE = (S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED, S.REVIEWED)

LIFECYCLE = Workflow(
    key="filings.discontinuance",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "discontinuance"),
    transitions=(
        *to_the_office(LAW, standing=(guards.award_can_stop,)),
        *under_review(LAW, "申請"),
        *to_the_decider(LAW),
        Transition(
            "approve_stop",
            "中止・廃止を承認する",
            (S.REVIEWED,),
            S.DECIDED,
            DECIDER,
            LAW,
            guards=(no_conflict, guards.award_can_stop, on_filings.decider_did_not_review),
            effects=(effects.approve,),
            form=FORMS + "ApproveForm",
            notifies=("discontinuance.approved",),
            consequence="承認したことを通知します。廃止のときは、施行日から実績報告の期限を数えます（14条）。",
            steps_up=True,
        ),
        Transition(
            "refuse_stop",
            "承認しない",
            (S.REVIEWED,),
            S.DECLINED,
            DECIDER,
            LAW,
            guards=(no_conflict, on_filings.decider_did_not_review),
            effects=(effects.refuse,),
            form="grants.kinds.change.forms.RefuseForm",
            notifies=("discontinuance.refused",),
            consequence="承認しないことを、理由とともに通知します。",
            steps_up=True,
        ),
        withdraw(WITHDRAWABLE, "申請"),
    ),
)
