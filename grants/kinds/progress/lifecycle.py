"""THE table of a 遂行状況報告: a report, of which a reviewer takes note. Read this first."""

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.needs import effects as of_reports
from grants.kinds.needs.lifecycle import REVIEWER
from grants.kinds.office_rows import send_report_back, to_the_office, withdraw
from portal.workflow.api import Transition, Workflow

S = FilingState
LAW = "適正化法12条"

LIFECYCLE = Workflow(
    key="filings.progress",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "progress"),
    transitions=(
        *to_the_office(LAW),
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
        send_report_back(LAW),
        withdraw((S.DRAFT, S.RETURNED), "報告"),
    ),
)
