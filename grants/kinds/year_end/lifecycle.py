"""THE table of a 年度終了実績報告: a report, of which a reviewer takes note. Read this first."""

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.needs import effects as of_reports
from grants.kinds.needs.lifecycle import REVIEWER
from grants.kinds.office_rows import send_report_back, to_the_office
from portal.workflow.api import Transition, Workflow

S = FilingState
LAW = "適正化法14条、適正化法施行令8条"

LIFECYCLE = Workflow(
    key="filings.yearend",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "yearend"),
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
            notifies=("yearend.accepted",),
            consequence="報告を確認したことを、都道府県に知らせます。",
        ),
        send_report_back(LAW),
    ),
)
