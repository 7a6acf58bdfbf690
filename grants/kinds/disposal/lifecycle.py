"""THE table of a 財産処分承認申請: filed like a report, reviewed, ended by its own decision.

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
FORMS = "grants.kinds.disposal.forms."
LAW = "適正化法22条"
WITHDRAWABLE = (S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED, S.REVIEWED)

LIFECYCLE = Workflow(
    key="filings.disposal",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "disposal"),
    transitions=(
        *to_the_office(LAW, standing=(guards.asset_is_held,)),
        *under_review(LAW, "申請"),
        *to_the_decider(LAW),
        Transition(
            "approve_disposal",
            "財産の処分を承認する",
            (S.REVIEWED,),
            S.DECIDED,
            DECIDER,
            LAW,
            guards=(no_conflict, guards.asset_is_held, on_filings.decider_did_not_review),
            effects=(effects.approve,),
            form=FORMS + "ApproveForm",
            notifies=("disposal.approved",),
            consequence="承認したこと、条件、国庫に納付する額を通知します。納付は、処分の完了が報告された後に命じます。",
            steps_up=True,
        ),
        Transition(
            "refuse_disposal",
            "承認しない",
            (S.REVIEWED,),
            S.DECLINED,
            DECIDER,
            LAW,
            guards=(no_conflict, on_filings.decider_did_not_review),
            effects=(effects.refuse,),
            form="grants.kinds.change.forms.RefuseForm",
            notifies=("disposal.refused",),
            consequence="承認しないことを、理由とともに通知します。",
            steps_up=True,
        ),
        withdraw(WITHDRAWABLE, "申請"),
    ),
)
