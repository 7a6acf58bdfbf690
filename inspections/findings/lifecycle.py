"""THE table of a finding. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from grants.desk.api import no_conflict
from inspections.visits.api import INSPECTORS, ISSUERS, VisitState
from portal.core.actor import Actor
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .models import Finding
from .policy import APPROVERS, of_its_team
from .rules import correction_reasons, ruling_reasons
from .states import FindingState

FORMS = "inspections.findings.forms."
ARTICLE = "要領5(2)"
S = FindingState


def _results_are_issued(finding: Finding, actor: Actor) -> Iterator[str]:
    if finding.visit.state != VisitState.REPORTED:
        yield "検査の結果を通知していません。結果の通知の後に行ってください。"


def _not_of_team(finding: Finding, actor: Actor) -> Iterator[str]:
    if finding.is_of_team(actor):
        yield "検査職員として加わった人は、決められません。ほかの決定権者に依頼してください。"


def _body_was_heard(finding: Finding, actor: Actor) -> Iterator[str]:
    yield from ruling_reasons(finding.state, finding.comment_due_on, timezone.localdate())


def _is_written(finding: Finding, actor: Actor) -> Iterator[str]:
    yield from correction_reasons(finding.plan, finding.owner, finding.correction)


FINDING_LIFECYCLE = Workflow(
    key="findings.finding",
    model="findings.Finding",
    states=FindingState,
    initial=S.DRAFTED,
    transitions=(
        Transition(
            "issue",
            "指摘を通知する",
            (S.DRAFTED,),
            S.ISSUED,
            ISSUERS,
            ARTICLE,
            guards=(_results_are_issued, _not_of_team, no_conflict),
            effects=(effects.issue,),
            form=FORMS + "IssueForm",
            notifies=("finding.issued",),
            consequence="団体に指摘を開き、期限までの意見を求めます。通知した後は、変えられません。",
            steps_up=True,
        ),
        Transition(
            "discard",
            "作成中の指摘を取りやめる",
            (S.DRAFTED,),
            S.DROPPED,
            INSPECTORS,
            INTERNAL,
            guards=(of_its_team,),
            effects=(effects.drop,),
            form=FORMS + "ReasonForm",
            consequence="団体には知らせません。理由は記録に残ります。",
            is_private=True,
            is_quiet=True,
        ),
        Transition(
            "comment",
            "意見を出す",
            (S.ISSUED,),
            S.COMMENTED,
            APPROVERS,
            ARTICLE,
            effects=(effects.comment,),
            form=FORMS + "CommentForm",
            notifies=("finding.commented",),
            consequence="内閣府に意見を出します。出した後は、変えられません。",
        ),
        Transition(
            "uphold",
            "指摘を認め、是正を求める",
            (S.ISSUED, S.COMMENTED),
            S.UPHELD,
            ISSUERS,
            ARTICLE,
            guards=(_not_of_team, no_conflict, _body_was_heard),
            effects=(effects.uphold,),
            form=FORMS + "UpholdForm",
            notifies=("finding.upheld",),
            consequence="適合しないことを認め、期限までの是正を求めます。",
            steps_up=True,
        ),
        Transition(
            "drop",
            "指摘を取りやめる",
            (S.ISSUED, S.COMMENTED),
            S.DROPPED,
            ISSUERS,
            ARTICLE,
            guards=(_not_of_team, no_conflict),
            effects=(effects.drop,),
            form=FORMS + "ReasonForm",
            notifies=("finding.dropped",),
            consequence="指摘を取りやめ、理由を団体に知らせます。",
            is_quiet=True,
        ),
        Transition(
            "correct",
            "是正を報告する",
            (S.UPHELD,),
            S.CORRECTED,
            APPROVERS,
            ARTICLE,
            guards=(_is_written,),
            effects=(effects.correct,),
            notifies=("finding.corrected",),
            consequence="行った是正を内閣府に報告します。再度の是正を求められるまで、変えられません。",
        ),
        Transition(
            "close",
            "是正を確認し、終結する",
            (S.CORRECTED,),
            S.CLOSED,
            INSPECTORS,
            INTERNAL,
            guards=(of_its_team, no_conflict),
            effects=(effects.close,),
            form=FORMS + "CloseForm",
            notifies=("finding.closed",),
            consequence="是正を確かめたことを記録します。",
        ),
        Transition(
            "ask_again",
            "再度の是正を求める",
            (S.CORRECTED,),
            S.UPHELD,
            INSPECTORS,
            ARTICLE,
            guards=(of_its_team, no_conflict),
            effects=(effects.ask_again,),
            form=FORMS + "UpholdForm",
            notifies=("finding.upheld",),
            consequence="理由と新しい期限とともに、もう一度の是正を求めます。",
        ),
    ),
)
