"""THE table of a 繰越承認申出: filed like a report, reviewed, ended by its own decision. Read this first."""

from dataclasses import replace

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
FORMS = "grants.kinds.carryover.forms."
LAW = "適正化法7条1項5号"
WITHDRAWABLE = (S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED, S.REVIEWED)

LIFECYCLE = Workflow(
    key="filings.carryover",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "carryover"),
    transitions=(
        *to_the_office(LAW, standing=(guards.can_be_carried,)),
        *under_review(LAW, "申出"),
        *to_the_decider(LAW),
        Transition(
            "approve_carryover",
            "繰越しを承認する",
            (S.REVIEWED,),
            S.DECIDED,
            DECIDER,
            effects.LAW,
            guards=(no_conflict, guards.can_be_carried, on_filings.decider_did_not_review),
            effects=(effects.approve,),
            form=FORMS + "ApproveForm",
            notifies=("carryover.approved",),
            consequence="承認した積算内訳と額、完了の予定の日を通知します。実績報告と支払の期限は、翌年度に移ります。",
            steps_up=True,
        ),
        Transition(
            "refuse_carryover",
            "承認しない",
            (S.REVIEWED,),
            S.DECLINED,
            DECIDER,
            effects.LAW,
            guards=(no_conflict, on_filings.decider_did_not_review),
            effects=(effects.refuse,),
            form="grants.kinds.change.forms.RefuseForm",
            notifies=("carryover.refused",),
            consequence="承認しないことを、理由とともに通知します。",
            steps_up=True,
        ),
        replace(
            withdraw(WITHDRAWABLE, "申出"),
            consequence="この申出を取り下げます。もう一度申し出るときは、新しく作ります。",
        ),
    ),
)
