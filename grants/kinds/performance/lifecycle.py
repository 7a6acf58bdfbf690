"""THE table of a 実績報告: filed like an application, examined line by line, ended by 額の確定.

Read this first.
"""

from dataclasses import replace

from grants.filings.api import FilingState
from grants.kinds.application import effects as of_filings
from grants.kinds.application import guards as on_filings
from grants.kinds.needs.lifecycle import FORMS, REVIEWER, TO_THE_OFFICE
from portal.access.api import Role
from portal.core.actor import SYSTEM_ROLE
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects, guards

S = FilingState
DECIDER = frozenset({Role.DECIDER})
DRAFTER = frozenset({Role.DRAFTER})
SYSTEM = frozenset({SYSTEM_ROLE})
_FORWARD = ("request_approval", "submit_decided", "submit")
EXAMINATION = "適正化法15条"

LIFECYCLE = Workflow(
    key="filings.performance",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "performance"),
    transitions=(
        *(
            replace(
                row,
                article=INTERNAL if row.article == INTERNAL else "適正化法14条、26条の3",
                guards=(
                    (guards.award_in_force, guards.follows_the_plan, *row.guards)
                    if row.name in _FORWARD
                    else row.guards
                ),
            )
            for row in TO_THE_OFFICE
        ),
        Transition(
            "begin_review",
            "審査を始める",
            (S.SUBMITTED,),
            S.UNDER_REVIEW,
            REVIEWER,
            EXAMINATION,
            guards=(guards.may_handle,),
            effects=(of_filings.take_review,),
            form=FORMS + "BeginReviewForm",
            consequence="あなたがこの実績報告の担当になります。都道府県は取り戻せなくなります。",
        ),
        Transition(
            "return",
            "差し戻す",
            (S.UNDER_REVIEW,),
            S.RETURNED,
            REVIEWER,
            EXAMINATION,
            guards=(guards.may_handle, on_filings.has_open_point),
            effects=(of_filings.tell_points,),
            form=FORMS + "ReturnForm",
            notifies=("application.returned",),
            consequence="未解決の確認事項を、まとめて都道府県へ伝えます。",
        ),
        Transition(
            "report_payments",
            "支払済みの額を報告する",
            (S.SUBMITTED, S.UNDER_REVIEW),
            S.RETURNED,
            DRAFTER,
            "適正化法14条、地方自治法235条の5",
            guards=(guards.award_in_force, guards.still_expected, guards.books_are_closed),
            effects=(effects.open_for_payments,),
            notifies=("performance.paying",),
            consequence="実績報告を開き、契約の行に支払の記録を取り込みます。"
            "支払見込額を支払済みの額に直して、もう一度提出してください。",
            offered=guards.expects_to_pay,
        ),
        Transition(
            "reopen_by_order",
            "是正命令により実績報告を戻す",
            (S.SUBMITTED, S.UNDER_REVIEW, S.REVIEWED),
            S.RETURNED,
            SYSTEM,
            "適正化法16条2項、14条",
            notifies=("application.returned",),
        ),
        Transition(
            "finish_review",
            "審査を終える",
            (S.UNDER_REVIEW,),
            S.REVIEWED,
            REVIEWER,
            EXAMINATION,
            guards=(
                guards.may_handle,
                guards.award_in_force,
                guards.lines_examined,
                guards.all_is_paid,
                on_filings.points_resolved,
            ),
            effects=(of_filings.keep_opinion,),
            form=FORMS + "OpinionForm",
            notifies=("performance.examined",),
            consequence="決定権者に渡します。",
            is_private=True,
        ),
        Transition(
            "reopen_review",
            "審査へ戻す",
            (S.REVIEWED,),
            S.UNDER_REVIEW,
            DECIDER,
            EXAMINATION,
            guards=(guards.may_handle,),
            effects=(of_filings.say_reason,),
            form=FORMS + "ReasonForm",
            notifies=("application.review_reopened",),
            consequence="審査担当へ戻します。",
            is_private=True,
        ),
        Transition(
            "finalise",
            "額を確定する",
            (S.REVIEWED,),
            S.DECIDED,
            DECIDER,
            EXAMINATION,
            guards=(
                guards.may_handle,
                guards.award_in_force,
                on_filings.decider_did_not_review,
                guards.lines_examined,
                guards.all_is_paid,
            ),
            effects=(effects.finalise,),
            form="grants.kinds.performance.forms.FinaliseForm",
            consequence="確定すると、額の確定通知書を作成して通知します。この画面では取り消せません。",
            steps_up=True,
        ),
    ),
)
