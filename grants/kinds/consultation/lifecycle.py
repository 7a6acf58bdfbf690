"""THE table of a 協議: as a 所要額調査, and it may be returned with points. Read this first."""

from grants.filings.api import FilingState
from grants.kinds.application import effects as of_filings
from grants.kinds.application import guards as on_filings
from grants.kinds.needs.lifecycle import APPROVER, FORMS, REVIEWER, TO_THE_OFFICE
from portal.workflow.api import INTERNAL, Transition, Workflow

S = FilingState

LIFECYCLE = Workflow(
    key="filings.consultation",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "consultation"),
    transitions=(
        *TO_THE_OFFICE,
        Transition(
            "begin_review",
            "確認を始める",
            (S.SUBMITTED,),
            S.UNDER_REVIEW,
            REVIEWER,
            INTERNAL,
            effects=(of_filings.take_review,),
            form=FORMS + "BeginReviewForm",
            consequence="あなたがこの協議の担当になります。都道府県は取り戻せなくなります。",
        ),
        Transition(
            "return",
            "差し戻す",
            (S.UNDER_REVIEW,),
            S.RETURNED,
            REVIEWER,
            INTERNAL,
            guards=(on_filings.has_open_point,),
            effects=(of_filings.tell_points,),
            form=FORMS + "ReturnForm",
            notifies=("application.returned",),
            consequence="未解決の確認事項を、まとめて都道府県へ伝えます。",
        ),
        Transition(
            "accept",
            "確認済みとする",
            (S.UNDER_REVIEW,),
            S.ACCEPTED,
            REVIEWER,
            INTERNAL,
            guards=(on_filings.points_resolved,),
            notifies=("needs.accepted",),
            consequence="協議が整ったことを、都道府県に知らせます。希望額は、申請の上限の目安になります。",
        ),
        Transition(
            "withdraw",
            "取り下げる",
            (S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED),
            S.WITHDRAWN,
            APPROVER,
            INTERNAL,
            effects=(of_filings.say_reason,),
            form=FORMS + "ReasonForm",
            notifies=("application.withdrawn",),
            consequence="この協議を取り下げます。もう一度協議するときは、新しく作ります。",
            steps_up=True,
            is_quiet=True,
        ),
    ),
)
