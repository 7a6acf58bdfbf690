"""THE tables of a demand, of each body's report and of a request for more time. Read this first."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from grants.desk.api import no_conflict
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.workflow.api import INTERNAL, Transition, Workflow

from . import effects
from .models import Demand, Extension, Report
from .policy import ISSUERS, REPORTERS, WRITERS
from .rules import ARTICLE
from .states import OWED, DemandState, ExtensionState, ReportState

FORMS = "inspections.demands.forms."


def _has_bodies(demand: Demand, actor: Actor) -> Iterator[str]:
    if not demand.grantees.exists():
        yield "報告を求める先を選んでください。"


def _due_to_come(demand: Demand, actor: Actor) -> Iterator[str]:
    if demand.due_on < timezone.localdate():
        yield "報告の期限が過ぎています。先の日付に直してください。"


def _not_written_by(demand: Demand, actor: Actor) -> Iterator[str]:
    if any(actor.is_person(pk) for pk in demand.editors.values_list("pk", flat=True)):
        yield "徴求を書いた人、直した人は、施行できません。ほかの決定権者に依頼してください。"


def _is_open(report: Report, actor: Actor) -> Iterator[str]:
    if report.demand.state != DemandState.ISSUED:
        yield "この徴求は終わっています。"


def _all_answered(report: Report, actor: Actor) -> Iterator[str]:
    """Every question, or the word that there is nothing to report."""
    written = set(report.answers.exclude(text="").values_list("question__number", flat=True))
    missing = [q.number for q in report.demand.questions.all() if q.number not in written]
    if missing:
        numbers = "、".join(f"（{number}）" for number in missing)
        yield f"{numbers}の報告が空です。報告することがないときは、「該当なし」と書いてください。"


def _still_of_use(extension: Extension, actor: Actor) -> Iterator[str]:
    """An old request never moves a day back, nor that of a report that has come."""
    report = extension.report
    yield from _is_open(report, actor)
    if report.state not in OWED:
        yield "報告が届いているため、延長は要りません。"
    elif extension.wanted_on <= report.due_on:
        yield f"いまの期限（{day_with_weekday(report.due_on)}）より後の日付ではありません。"


def _all_judged(demand: Demand, actor: Actor) -> Iterator[str]:
    left = demand.reports.filter(state=ReportState.ANSWERED).count()
    if left:
        yield f"届いた報告のうち、確認していないものが{left}件あります。"


DEMAND_LIFECYCLE = Workflow(
    key="demands.demand",
    model="demands.Demand",
    states=DemandState,
    initial=DemandState.DRAFT,
    transitions=(
        Transition(
            "issue",
            "徴求を施行する",
            (DemandState.DRAFT,),
            DemandState.ISSUED,
            ISSUERS,
            ARTICLE,
            guards=(_has_bodies, _due_to_come, _not_written_by),
            effects=(effects.issue,),
            form=FORMS + "IssueForm",
            notifies=("demand.issued",),
            consequence="団体ごとに徴求の通知を作成し、報告を求めます。"
            "施行した後は、内容と報告を求める先を変えられません。",
            steps_up=True,
        ),
        Transition(
            "close",
            "徴求を終える",
            (DemandState.ISSUED,),
            DemandState.CLOSED,
            WRITERS,
            INTERNAL,
            guards=(_all_judged,),
            effects=(effects.close,),
            consequence="報告の受付を終えます。まだ報告していない団体は、ポータルでは報告できなくなります。",
        ),
    ),
)

REPORT_LIFECYCLE = Workflow(
    key="demands.report",
    model="demands.Report",
    states=ReportState,
    initial=ReportState.REQUESTED,
    transitions=(
        Transition(
            "answer",
            "報告する",
            (ReportState.REQUESTED, ReportState.ASKED_AGAIN),
            ReportState.ANSWERED,
            REPORTERS,
            ARTICLE,
            guards=(_is_open, _all_answered),
            effects=(effects.answer,),
            notifies=("demand.answered",),
            consequence="内閣府へ報告します。再度の報告を求められるまで、変えられません。"
            "適正化法23条による徴求に報告をせず、又は虚偽の報告をしたときは、同法31条の罰則があります。",
            steps_up=True,
        ),
        Transition(
            "accept",
            "確認済みにする",
            (ReportState.ANSWERED,),
            ReportState.ACCEPTED,
            WRITERS,
            INTERNAL,
            guards=(no_conflict,),
            consequence="報告を確かめたことを記録します。",
        ),
        Transition(
            "ask_again",
            "再度の報告を求める",
            (ReportState.ANSWERED,),
            ReportState.ASKED_AGAIN,
            WRITERS,
            ARTICLE,
            guards=(_is_open, no_conflict),
            effects=(effects.ask_again,),
            form=FORMS + "AskAgainForm",
            notifies=("demand.asked_again",),
            consequence="理由と新しい期限とともに、もう一度の報告を求めます。",
        ),
    ),
)


EXTENSION_LIFECYCLE = Workflow(
    key="demands.extension",
    model="demands.Extension",
    states=ExtensionState,
    initial=ExtensionState.ASKED,
    transitions=(
        Transition(
            "grant",
            "期限の延長を認める",
            (ExtensionState.ASKED,),
            ExtensionState.GRANTED,
            WRITERS,
            INTERNAL,
            guards=(no_conflict, _still_of_use),
            effects=(effects.grant,),
            notifies=("demand.time_answered",),
            consequence="この団体の報告の期限を、申出のとおりに延ばします。",
        ),
        Transition(
            "refuse",
            "期限の延長を認めない",
            (ExtensionState.ASKED,),
            ExtensionState.REFUSED,
            WRITERS,
            INTERNAL,
            guards=(no_conflict,),
            effects=(effects.refuse,),
            form=FORMS + "RefuseForm",
            notifies=("demand.time_answered",),
            consequence="期限は変わりません。理由を団体に知らせます。",
        ),
    ),
)
