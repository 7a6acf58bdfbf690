"""THE table of a 請求: examined and accepted, or returned with points. Read this first."""

from dataclasses import replace

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.application import guards as on_filings
from grants.kinds.needs import effects as of_reports
from grants.kinds.needs.lifecycle import FORMS, REVIEWER
from grants.kinds.office_rows import to_the_office, under_review, withdraw
from portal.workflow.api import Transition, Workflow

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
                guards=(*row.guards, guards.can_be_claimed) if row.name == "submit" else row.guards,
                effects=(effects.demand_amount, *row.effects)
                if row.name in _FILES
                else row.effects,
            )
            for row in to_the_office(LAW)
        ),
        *under_review(LAW, "請求"),
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
        withdraw((S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED), "請求"),
    ),
)
