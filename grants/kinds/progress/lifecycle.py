"""THE table of a 遂行状況報告: a report, of which a reviewer takes note. Read this first."""

from dataclasses import replace

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.needs import effects as of_reports
from grants.kinds.needs.lifecycle import FORMS, REVIEWER, TO_THE_OFFICE
from portal.workflow.api import INTERNAL, Transition, Workflow

S = FilingState
LAW = "適正化法12条"

LIFECYCLE = Workflow(
    key="filings.progress",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "progress"),
    transitions=(
        *(
            replace(row, article=INTERNAL if row.article == INTERNAL else f"{LAW}、26条の3")
            for row in TO_THE_OFFICE
        ),
        Transition(
            "accept",
            "確認済みとする",
            (S.SUBMITTED,),
            S.ACCEPTED,
            REVIEWER,
            LAW,
            guards=(no_conflict,),
            effects=(of_reports.accept,),
            notifies=("progress.accepted",),
            consequence="報告を確認したことを、都道府県に知らせます。",
        ),
        Transition(
            "send_back",
            "差し戻す",
            (S.SUBMITTED,),
            S.RETURNED,
            REVIEWER,
            LAW,
            guards=(no_conflict,),
            effects=(of_reports.send_back,),
            form=FORMS + "ReasonForm",
            notifies=("application.returned",),
            consequence="理由を伝えて、都道府県に直してもらいます。",
        ),
    ),
)
