"""THE table of an order. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from grants.desk.api import no_conflict
from inspections.findings.api import UPHELD
from inspections.visits.api import INSPECTORS, ISSUERS
from portal.core.actor import Actor
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .counting import standing_of
from .models import Order
from .policy import APPROVERS
from .rules import basis_reasons, failure_reasons, report_reasons
from .states import OrderState

FORMS = "inspections.orders.forms."
ARTICLE = "要領5(2)"
S = OrderState


def _not_written_by(order: Order, actor: Actor) -> Iterator[str]:
    if any(actor.is_person(pk) for pk in order.editors.values_list("pk", flat=True)):
        yield "命令の案を書いた人、直した人は、施行できません。ほかの決定権者に依頼してください。"


def _not_of_team(order: Order, actor: Actor) -> Iterator[str]:
    if order.is_of_team(actor):
        yield "検査職員として加わった人は、決められません。ほかの決定権者に依頼してください。"


def _rests_on_its_basis(order: Order, actor: Actor) -> Iterator[str]:
    yield from basis_reasons(
        order.basis,
        order.kind,
        standing_of(order.award),
        has_earlier=order.follows_id is not None,
    )


def _still_stands(order: Order, actor: Actor) -> Iterator[str]:
    """What it was drafted on may have ended meanwhile."""
    if order.follows is not None and order.follows.state != OrderState.NOT_COMPLIED:
        yield "もとになる命令は、いまは「不履行」ではありません。案を直すか、取りやめてください。"
    if order.findings.exclude(state__in=UPHELD).exists():
        yield "もとになる指摘に、終結したか取りやめたものがあります。案を直してください。"


def _due_to_come(order: Order, actor: Actor) -> Iterator[str]:
    if order.due_on <= timezone.localdate():
        yield "履行の期限が、今日か過ぎた日です。先の日付に直してください。"


def _is_written(order: Order, actor: Actor) -> Iterator[str]:
    yield from report_reasons(order.report)


def _had_its_time(order: Order, actor: Actor) -> Iterator[str]:
    yield from failure_reasons(order.state, order.due_on, timezone.localdate())


def _is_under_guideline(order: Order, actor: Actor) -> Iterator[str]:
    if order.is_by_law:
        yield "適正化法による命令です。「適正化法による命令を施行する」を使ってください。"


def _is_under_law(order: Order, actor: Actor) -> Iterator[str]:
    if not order.is_by_law:
        yield "要領5(2)だけによる命令です。「命令を施行する」を使ってください。"


_ISSUE_GUARDS = (
    _rests_on_its_basis,
    _still_stands,
    _due_to_come,
    _not_written_by,
    _not_of_team,
    no_conflict,
)

ORDER_LIFECYCLE = Workflow(
    key="orders.order",
    model="orders.Order",
    states=OrderState,
    initial=S.DRAFTED,
    transitions=(
        Transition(
            "issue",
            "命令を施行する",
            (S.DRAFTED,),
            S.ISSUED,
            ISSUERS,
            ARTICLE,
            guards=(*_ISSUE_GUARDS, _is_under_guideline),
            effects=(effects.issue,),
            form=FORMS + "IssueForm",
            notifies=("order.issued",),
            consequence="命令書を作成し、団体に知らせます。施行した後は、内容を変えられません。",
            steps_up=True,
            offered=lambda order: not order.is_by_law,
        ),
        Transition(
            "issue_by_law",
            "適正化法による命令を施行する",
            (S.DRAFTED,),
            S.ISSUED,
            ISSUERS,
            "適正化法13条、16条、21条の2",
            guards=(*_ISSUE_GUARDS, _is_under_law),
            effects=(effects.issue,),
            form=FORMS + "IssueForm",
            notifies=("order.issued",),
            consequence="命令書を作成し、団体に知らせます。施行した後は、内容を変えられません。"
            "団体は、通知を受けた日から適正化法25条の期間、不服を申し出ることができます。",
            steps_up=True,
            offered=lambda order: order.is_by_law,
        ),
        Transition(
            "discard",
            "命令の案を取りやめる",
            (S.DRAFTED,),
            S.DROPPED,
            INSPECTORS,
            INTERNAL,
            guards=(no_conflict,),
            effects=(effects.discard,),
            form=FORMS + "ReasonForm",
            consequence="団体には知らせません。理由は記録に残ります。",
            is_private=True,
            is_quiet=True,
        ),
        Transition(
            "report",
            "命令の履行を報告する",
            (S.ISSUED, S.NOT_COMPLIED),
            S.REPORTED,
            APPROVERS,
            ARTICLE,
            guards=(_is_written,),
            effects=(effects.report,),
            notifies=("order.reported",),
            consequence="行った措置を内閣府に報告します。再度の報告を求められるまで、変えられません。",
        ),
        Transition(
            "comply",
            "履行を確認し、終える",
            (S.REPORTED,),
            S.COMPLIED,
            INSPECTORS,
            INTERNAL,
            guards=(no_conflict,),
            effects=(effects.check,),
            form=FORMS + "CheckForm",
            notifies=("order.complied",),
            consequence="命令が履行されたことを確かめたと記録し、団体に知らせます。",
        ),
        Transition(
            "ask_again",
            "再度の報告を求める",
            (S.REPORTED,),
            S.ISSUED,
            INSPECTORS,
            ARTICLE,
            guards=(no_conflict,),
            effects=(effects.ask_again,),
            form=FORMS + "AskAgainForm",
            notifies=("order.asked_again",),
            consequence="理由と新しい期限とともに、もう一度の報告を求めます。",
        ),
        Transition(
            "fail",
            "履行されていないと認める",
            (S.ISSUED, S.REPORTED),
            S.NOT_COMPLIED,
            ISSUERS,
            ARTICLE,
            guards=(_had_its_time, _not_of_team, no_conflict),
            effects=(effects.check,),
            form=FORMS + "ReasonForm",
            notifies=("order.not_complied",),
            consequence="命令が履行されていないと認め、理由を団体に知らせます。"
            "続けて、一時停止を命じ、又は決定を取り消すことができます。",
            steps_up=True,
        ),
        Transition(
            "escalate",
            "交付の決定を取り消す",
            (S.NOT_COMPLIED,),
            S.ESCALATED,
            ISSUERS,
            "適正化法17条、21条の2",
            guards=(_not_of_team, no_conflict),
            effects=(effects.escalate,),
            form=FORMS + "EscalateForm",
            consequence="決定の全部又は一部を取り消し、取消通知書を作成します。"
            "取り消した部分に係る支払済みの額は、続けて返還を命じます（適正化法18条1項）。",
            steps_up=True,
        ),
    ),
)
