"""THE table of a 財産処分承認申請: filed like a report, reviewed, ended by its own decision.

Read this first.
"""

from dataclasses import replace

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.application import effects as of_filings
from grants.kinds.application import guards as on_filings
from grants.kinds.needs.lifecycle import APPROVER, REVIEWER, TO_THE_OFFICE
from grants.kinds.needs.lifecycle import FORMS as OF_FILINGS
from portal.access.api import Role
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects, guards

S = FilingState
DECIDER = frozenset({Role.DECIDER})
FORMS = "grants.kinds.disposal.forms."
LAW = "適正化法22条"
_FORWARD = ("request_approval", "submit_decided", "submit")

LIFECYCLE = Workflow(
    key="filings.disposal",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "disposal"),
    transitions=(
        *(
            replace(
                row,
                article=INTERNAL if row.article == INTERNAL else f"{LAW}、26条の3",
                guards=(guards.asset_is_held, *row.guards) if row.name in _FORWARD else row.guards,
            )
            for row in TO_THE_OFFICE
        ),
        Transition(
            "begin_review",
            "審査を始める",
            (S.SUBMITTED,),
            S.UNDER_REVIEW,
            REVIEWER,
            LAW,
            guards=(no_conflict,),
            effects=(of_filings.take_review,),
            form=OF_FILINGS + "BeginReviewForm",
            consequence="あなたがこの申請の審査担当になります。都道府県は取り戻せなくなります。",
        ),
        Transition(
            "return",
            "差し戻す",
            (S.UNDER_REVIEW,),
            S.RETURNED,
            REVIEWER,
            LAW,
            guards=(no_conflict, on_filings.has_open_point),
            effects=(of_filings.tell_points,),
            form=OF_FILINGS + "ReturnForm",
            notifies=("application.returned",),
            consequence="未解決の確認事項を、まとめて都道府県へ伝えます。",
        ),
        Transition(
            "finish_review",
            "審査を終える",
            (S.UNDER_REVIEW,),
            S.REVIEWED,
            REVIEWER,
            LAW,
            guards=(no_conflict, on_filings.points_resolved),
            effects=(of_filings.keep_opinion,),
            form=OF_FILINGS + "OpinionForm",
            notifies=("application.reviewed",),
            consequence="決定権者に渡します。",
            is_private=True,
        ),
        Transition(
            "reopen_review",
            "審査へ戻す",
            (S.REVIEWED,),
            S.UNDER_REVIEW,
            DECIDER,
            LAW,
            guards=(no_conflict,),
            effects=(of_filings.say_reason,),
            form=OF_FILINGS + "ReasonForm",
            notifies=("application.review_reopened",),
            consequence="審査担当へ戻します。",
            is_private=True,
        ),
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
        Transition(
            "withdraw",
            "取り下げる",
            (S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED, S.REVIEWED),
            S.WITHDRAWN,
            APPROVER,
            INTERNAL,
            effects=(of_filings.say_reason,),
            form=OF_FILINGS + "ReasonForm",
            notifies=("application.withdrawn",),
            consequence="この申請を取り下げます。もう一度申請するときは、新しく作ります。",
            steps_up=True,
        ),
    ),
)
