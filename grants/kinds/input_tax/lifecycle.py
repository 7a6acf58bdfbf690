"""THE table of a 仕入控除税額の報告: a report; confirmed, it may ask money back. Read this first."""

from dataclasses import replace

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.needs import effects as of_reports
from grants.kinds.needs.lifecycle import FORMS, REVIEWER, TO_THE_OFFICE
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects

S = FilingState
LAW = "適正化法7条3項（交付の条件）"

LIFECYCLE = Workflow(
    key="filings.input_tax",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "input_tax"),
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
            effects=(of_reports.accept, effects.confirm),
            notifies=("input_tax.accepted",),
            consequence="報告を確認したことを、都道府県に知らせます。国に返す額があるときは、返還を命ずる手続に"
            "進みます。確認した後は、差し戻せません。",
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
