"""THE table of a 事故・遅延報告: a report, answered by an instruction. Read this first."""

from dataclasses import replace

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.needs import effects as of_reports
from grants.kinds.needs.lifecycle import FORMS as OF_FILINGS
from grants.kinds.needs.lifecycle import REVIEWER, TO_THE_OFFICE
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects

S = FilingState
LAW = "適正化法7条1項5号"

LIFECYCLE = Workflow(
    key="filings.incident",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "incident"),
    transitions=(
        *(
            replace(row, article=INTERNAL if row.article == INTERNAL else f"{LAW}、26条の3")
            for row in TO_THE_OFFICE
        ),
        Transition(
            "instruct",
            "指示を伝える",
            (S.SUBMITTED,),
            S.ACCEPTED,
            REVIEWER,
            LAW,
            guards=(no_conflict,),
            effects=(effects.instruct,),
            form="grants.kinds.incident.forms.InstructionForm",
            notifies=("incident.instructed",),
            consequence="報告を確認し、指示を都道府県に伝えます。",
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
            form=OF_FILINGS + "ReasonForm",
            notifies=("application.returned",),
            consequence="理由を伝えて、都道府県に直してもらいます。",
        ),
    ),
)
