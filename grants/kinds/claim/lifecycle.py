"""THE table of a 請求: examined and accepted, or returned with points. Read this first."""

from dataclasses import replace

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.application import effects as of_filings
from grants.kinds.application import guards as on_filings
from grants.kinds.needs import effects as of_reports
from grants.kinds.needs.lifecycle import APPROVER, FORMS, REVIEWER, TO_THE_OFFICE
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects, guards

S = FilingState
LAW = "会計法22条、適正化法15条"
_FILES = ("submit_decided", "submit")

LIFECYCLE = Workflow(
    key="filings.claim",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "claim"),
    transitions=(
        *(
            replace(
                row,
                article=INTERNAL if row.article == INTERNAL else f"{LAW}、26条の3",
                guards=(*row.guards, guards.can_be_claimed) if row.name == "submit" else row.guards,
                effects=(effects.demand_amount, *row.effects)
                if row.name in _FILES
                else row.effects,
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
            form=FORMS + "BeginReviewForm",
            consequence="あなたがこの請求の審査担当になります。都道府県は取り戻せなくなります。",
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
            form=FORMS + "ReturnForm",
            notifies=("application.returned",),
            consequence="未解決の確認事項を、まとめて都道府県へ伝えます。",
        ),
        Transition(
            "accept",
            "請求を認める",
            (S.UNDER_REVIEW,),
            S.ACCEPTED,
            REVIEWER,
            LAW,
            guards=(no_conflict, on_filings.points_resolved, guards.can_be_claimed),
            effects=(effects.demand_amount,),
            notifies=("claim.accepted",),
            consequence="支払を待つ請求になります。支払は、決定権者が記録します。",
        ),
        Transition(
            "send_back",
            "支払の前に差し戻す",
            (S.ACCEPTED,),
            S.RETURNED,
            REVIEWER,
            LAW,
            guards=(no_conflict, guards.is_not_paid),
            effects=(effects.keep_unpaid, of_reports.send_back),
            form=FORMS + "ReasonForm",
            notifies=("application.returned",),
            consequence="理由を伝えて、都道府県に直してもらいます。認めた額は、請求できる残りに戻ります。",
        ),
        Transition(
            "withdraw",
            "取り下げる",
            (S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED),
            S.WITHDRAWN,
            APPROVER,
            INTERNAL,
            effects=(of_filings.say_reason,),
            form=FORMS + "ReasonForm",
            notifies=("application.withdrawn",),
            consequence="この請求を取り下げます。もう一度請求するときは、新しく作ります。",
            steps_up=True,
        ),
    ),
)
