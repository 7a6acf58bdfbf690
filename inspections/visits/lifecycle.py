"""THE table of a visit. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from grants.desk.api import no_conflict
from portal.core.actor import Actor
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .models import Visit
from .policy import INSPECTORS, ISSUERS, of_team
from .rules import record_reasons
from .slots import against_closing, drawn_without_item
from .states import VisitState

FORMS = "inspections.visits.forms."
ARTICLE = "適正化法23条1項、要領5(1)"


def _is_outside(visit: Visit, actor: Actor) -> Iterator[str]:
    if not visit.is_outside:
        yield "内閣府の検査は、通知し、記録して進めます。"


def _is_own(visit: Visit, actor: Actor) -> Iterator[str]:
    if visit.is_outside:
        yield "他の機関の検査です。登録して進めます。"


def _is_announced(visit: Visit, actor: Actor) -> Iterator[str]:
    if not visit.is_announced:
        yield "抜打検査は、前もって通知しません。"


def _still_to_come(visit: Visit, actor: Actor) -> Iterator[str]:
    if visit.planned_on < timezone.localdate():
        yield "検査の予定日が過ぎています。先の日付に直してください。"


def _not_of_team(visit: Visit, actor: Actor) -> Iterator[str]:
    """Who inspects does not decide what goes out of it."""
    if visit.is_of_team(actor):
        yield "検査職員として加わった人は、通知できません。ほかの決定権者に依頼してください。"


def _was_noticed(visit: Visit, actor: Actor) -> Iterator[str]:
    if visit.is_announced and visit.state == VisitState.PLANNED:
        yield "通知していません。前もって通知しないのは、抜打検査だけです。"


def _is_recorded(visit: Visit, actor: Actor) -> Iterator[str]:
    yield from record_reasons(visit.record, timezone.localdate())
    left = drawn_without_item(visit)
    if left:
        yield f"抽出した支出のうち{len(left)}件の記録がありません。「調べたもの」に残してください。"


def _has_summary(visit: Visit, actor: Actor) -> Iterator[str]:
    if not visit.summary:
        yield "検査の結果が書かれていません。検査職員に依頼してください。"


VISIT_LIFECYCLE = Workflow(
    key="visits.visit",
    model="visits.Visit",
    states=VisitState,
    initial=VisitState.PLANNED,
    transitions=(
        Transition(
            "notify",
            "検査を通知する",
            (VisitState.PLANNED,),
            VisitState.NOTICED,
            ISSUERS,
            ARTICLE,
            guards=(_is_own, _is_announced, _still_to_come, _not_of_team, no_conflict),
            effects=(effects.notify,),
            form=FORMS + "IssueForm",
            notifies=("visit.noticed",),
            consequence="検査の通知を作成し、団体に知らせます。"
            "通知した後は、計画を変えられません。",
            steps_up=True,
            offered=lambda visit: visit.is_announced and not visit.is_outside,
        ),
        Transition(
            "hold",
            "検査の記録を終える",
            (VisitState.PLANNED, VisitState.NOTICED),
            VisitState.HELD,
            INSPECTORS,
            ARTICLE,
            guards=(_is_own, of_team, no_conflict, _was_noticed, _is_recorded),
            effects=(effects.hold,),
            consequence="検査を行ったことを記録します。結果を通知するまで、記録を直せます。",
            is_private=True,
            offered=lambda visit: (
                not visit.is_outside
                and (visit.state == VisitState.NOTICED or not visit.is_announced)
            ),
        ),
        Transition(
            "enter",
            "他の機関の検査を登録する",
            (VisitState.PLANNED,),
            VisitState.REPORTED,
            INSPECTORS,
            "会計検査院法25条、地方自治法199条",
            guards=(_is_outside, of_team, no_conflict),
            effects=(effects.enter,),
            notifies=("visit.entered",),
            consequence="団体に登録した内容を開きます。続けて、指摘を書けます。",
            offered=lambda visit: visit.is_outside,
        ),
        Transition(
            "report",
            "検査の結果を通知する",
            (VisitState.HELD,),
            VisitState.REPORTED,
            ISSUERS,
            ARTICLE,
            guards=(_not_of_team, no_conflict, _has_summary),
            effects=(effects.report,),
            form=FORMS + "IssueForm",
            notifies=("visit.reported",),
            consequence="結果の通知を作成し、記録とその書類を団体に開きます。"
            "通知した後は、記録を変えられません。",
            steps_up=True,
        ),
        Transition(
            "close",
            "検査を終結する",
            (VisitState.REPORTED,),
            VisitState.CLOSED,
            INSPECTORS,
            INTERNAL,
            guards=(of_team, no_conflict, against_closing),
            consequence="この検査で残っていることがないことを記録します。",
        ),
    ),
)
