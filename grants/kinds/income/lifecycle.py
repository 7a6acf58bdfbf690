"""THE table of a 収益状況報告: examined with points, confirmed; then money may come back. Read this first."""

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.application import guards as on_filings
from grants.kinds.needs.lifecycle import REVIEWER
from grants.kinds.office_rows import to_the_office, under_review, withdraw
from portal.workflow.api import Transition, Workflow

from . import effects

S = FilingState
LAW = "適正化法7条2項（交付の条件）"

LIFECYCLE = Workflow(
    key="filings.income",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "income"),
    transitions=(
        *to_the_office(LAW),
        *under_review(LAW, "報告"),
        Transition(
            "accept",
            "確認済みとする",
            (S.UNDER_REVIEW,),
            S.ACCEPTED,
            REVIEWER,
            LAW,
            guards=(no_conflict, on_filings.points_resolved),
            effects=(effects.confirm,),
            notifies=("income.accepted",),
            consequence="報告を確認したことと、納付を要するかどうかを、都道府県に知らせます。納付を要するときは、"
            "決定権者が納付を命じます。確認した後は、差し戻せません。",
        ),
        withdraw((S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED), "報告"),
    ),
)
