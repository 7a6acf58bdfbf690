"""THE table of a 事故・遅延報告: a report, answered by an instruction. Read this first."""

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.needs.lifecycle import REVIEWER
from grants.kinds.office_rows import send_report_back, to_the_office, withdraw
from portal.workflow.api import Transition, Workflow

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
        *to_the_office(LAW),
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
        send_report_back(LAW),
        withdraw((S.DRAFT, S.SUBMITTED, S.RETURNED), "報告"),
    ),
)
