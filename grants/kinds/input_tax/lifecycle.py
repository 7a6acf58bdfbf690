"""THE table of a 仕入控除税額の報告: a report; confirmed, it may ask money back. Read this first."""

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.needs import effects as of_reports
from grants.kinds.needs.lifecycle import REVIEWER
from grants.kinds.office_rows import send_report_back, to_the_office
from portal.workflow.api import Transition, Workflow

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
        *to_the_office(LAW),
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
        send_report_back(LAW),
    ),
)
