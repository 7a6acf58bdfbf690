"""THE table of 所要額調査: a report, which a reviewer takes note of. Read this first."""

from grants.filings.api import FilingState
from grants.kinds.application import effects as of_filings
from grants.kinds.application import guards as on_filings
from portal.access.api import Role
from portal.workflow.api import INTERNAL, Branch, Transition, Workflow

from . import effects

S = FilingState
DRAFTER = frozenset({Role.DRAFTER})
APPROVER = frozenset({Role.APPROVER})
SUBMITTER = frozenset({Role.DRAFTER, Role.APPROVER})
REVIEWER = frozenset({Role.REVIEWER})

BACK_TO_WRITERS = Branch((S.DRAFT, S.RETURNED), of_filings.state_before_approval)
FORMS = "grants.kinds.application.forms."
FILED = "内閣府へ提出します。確認された後は、変更できません。"

# How a statement leaves the prefecture, and comes back to its writers: the same for a 協議.
TO_THE_OFFICE = (
    Transition(
        "request_approval",
        "決裁を依頼する",
        (S.DRAFT, S.RETURNED),
        S.AWAITING_APPROVAL,
        DRAFTER,
        INTERNAL,
        guards=(
            on_filings.uses_portal_route,
            on_filings.requirements_met,
            on_filings.points_answered,
        ),
        effects=(of_filings.keep_request,),
        form=FORMS + "RequestForm",
        notifies=("application.approval_requested",),
        consequence="決裁者に依頼します。決裁の間は変更できません。",
        is_private=True,
        offered=on_filings.decides_in_portal,
    ),
    Transition(
        "submit_decided",
        "庁内決裁済みとして提出する",
        (S.DRAFT, S.RETURNED),
        S.SUBMITTED,
        SUBMITTER,
        "適正化法26条の3",
        guards=(
            on_filings.uses_own_route,
            on_filings.requirements_met,
            on_filings.points_answered,
        ),
        effects=(of_filings.seal_decided, of_filings.after_submission),
        form=FORMS + "DecidedForm",
        notifies=("application.submitted",),
        consequence=FILED,
        steps_up=True,
        offered=on_filings.decides_by_itself,
    ),
    Transition(
        "submit",
        "承認して提出する",
        (S.AWAITING_APPROVAL,),
        S.SUBMITTED,
        APPROVER,
        "適正化法26条の3",
        guards=(on_filings.may_file_as_last,),
        effects=(of_filings.seal_in_portal, of_filings.after_submission),
        notifies=("application.submitted",),
        consequence=FILED,
        steps_up=True,
    ),
    Transition(
        "hand_back",
        "起案者に戻す",
        (S.AWAITING_APPROVAL,),
        BACK_TO_WRITERS,
        APPROVER,
        INTERNAL,
        guards=(on_filings.is_on_the_route,),
        effects=(of_filings.say_reason,),
        form=FORMS + "ReasonForm",
        notifies=("application.handed_back",),
        consequence="起案者に戻します。起案者は直せるようになります。",
        is_private=True,
    ),
    Transition(
        "recall",
        "取り戻す",
        (S.SUBMITTED,),
        BACK_TO_WRITERS,
        SUBMITTER,
        INTERNAL,
        guards=(on_filings.may_recall,),
        effects=(of_filings.say_reason, of_filings.recall_version),
        form=FORMS + "ReasonForm",
        consequence="確認が始まる前の提出を取り戻します。受付番号は変わりません。",
        steps_up=True,
        is_quiet=True,
    ),
)

LIFECYCLE = Workflow(
    key="filings.needs",
    model="filings.Filing",
    states=FilingState,
    initial=S.DRAFT,
    only=("kind", "needs"),
    transitions=(
        *TO_THE_OFFICE,
        Transition(
            "accept",
            "確認済みとする",
            (S.SUBMITTED,),
            S.ACCEPTED,
            REVIEWER,
            INTERNAL,
            effects=(effects.accept,),
            notifies=("needs.accepted",),
            consequence="回答を確認したことを、都道府県に知らせます。",
        ),
        Transition(
            "send_back",
            "差し戻す",
            (S.SUBMITTED, S.ACCEPTED),
            S.RETURNED,
            REVIEWER,
            INTERNAL,
            effects=(effects.send_back,),
            form=FORMS + "ReasonForm",
            notifies=("application.returned",),
            consequence="理由を伝えて、都道府県に直してもらいます。",
        ),
    ),
)
