"""THE table of a 変更承認申請: filed and reviewed like an application, ended by its own decision.

Read this first.
"""

from dataclasses import replace

from grants.desk.api import no_conflict
from grants.filings.api import FilingState
from grants.kinds.application import guards as on_filings
from grants.kinds.application.lifecycle import DECIDER
from grants.kinds.application.lifecycle import LIFECYCLE as OF_APPLICATIONS
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects, guards

S = FilingState
FORMS = "grants.kinds.change.forms."
APPROVAL = "適正化法7条1項"
_FORWARD = ("request_approval", "submit_decided", "submit")
_ARTICLES = {
    "適正化法5条": APPROVAL,
    "適正化法5条、26条の3": "適正化法7条1項、26条の3",
    "適正化法6条": APPROVAL,
    INTERNAL: INTERNAL,
}
_STANDING = (guards.award_can_change, guards.follows_the_plan)


def _as_change(row: Transition) -> Transition:
    """The same row with the law of a change, and no window: a change comes when it is needed."""
    kept = tuple(guard for guard in row.guards if guard is not on_filings.within_window)
    return replace(
        row,
        article=_ARTICLES[row.article],
        guards=(*_STANDING, *kept) if row.name in _FORWARD else kept,
    )


LIFECYCLE = Workflow(
    key="filings.change",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "change"),
    transitions=(
        *(
            _as_change(row)
            for row in OF_APPLICATIONS.transitions
            if row.name not in ("decide", "decline", "withdraw_award")
        ),
        Transition(
            "approve_change",
            "変更を承認する",
            (S.REVIEWED,),
            S.DECIDED,
            DECIDER,
            "適正化法7条1項、8条",
            guards=(
                no_conflict,
                *_STANDING,
                on_filings.decider_did_not_review,
                on_filings.other_activity_approved,
            ),
            effects=(effects.approve,),
            form=FORMS + "ApproveForm",
            notifies=("change.approved",),
            consequence="承認すると、変更後の計画と額が効力を持ち、通知書を作成して通知します。"
            "この画面では取り消せません。",
            steps_up=True,
        ),
        Transition(
            "refuse_change",
            "承認しない",
            (S.REVIEWED,),
            S.DECLINED,
            DECIDER,
            APPROVAL,
            guards=(no_conflict, on_filings.decider_did_not_review),
            effects=(effects.refuse,),
            form=FORMS + "RefuseForm",
            notifies=("change.refused",),
            consequence="承認しないことを、理由とともに通知します。いまの計画と額は変わりません。",
            steps_up=True,
        ),
    ),
)
