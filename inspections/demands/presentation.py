"""The reports of all bodies side by side, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from portal.core.actor import Actor
from portal.documents.api import Document
from portal.spreadsheets.api import ExportSheet, ExportValue, write_csv, write_xlsx
from portal.workflow.api import Button, buttons

from .effects import ANSWER_FILE
from .models import Demand, Question, Report, SealedReport

_HEADER = ("都道府県", "状態", "期限", "超過", "報告日", "報告した人", "添付")


@dataclass(frozen=True, slots=True)
class Row:
    """`answers` in the order of the questions, of the last reporting; empty until there is one.

    What a body writes meanwhile is not the office's to read.
    """

    report: Report
    answers: tuple[str, ...]
    papers: tuple[Document, ...]
    buttons: tuple[Button, ...]


def rows(demand: Demand, actor: Actor) -> list[Row]:
    """In the order of the prefectures."""
    reports = Report.objects.for_user(actor).filter(demand=demand).for_lists()
    found: list[Report] = list(reports.order_by("grantee__prefecture_id"))
    sealed = SealedReport.objects.filter(report__demand=demand).order_by("number")
    reported = {one.report_id: tuple(one.texts) for one in sealed}
    papers = papers_of(found, actor)
    return [
        Row(
            report,
            reported.get(report.pk, ()),
            tuple(one for one in papers.get(str(report.pk), ()) if one.kind == ANSWER_FILE),
            tuple(buttons(report, actor, with_reasons=False)),
        )
        for report in found
    ]


def drafted(report: Report) -> list[tuple[Question, str]]:
    """What the body has written so far, beside each question."""
    written = {one.question_id: one.text for one in report.answers.all()}
    return [(one, written.get(one.pk, "")) for one in report.demand.questions.all()]


def papers_of(reports: list[Report], actor: Actor) -> dict[str, list[Document]]:
    """What was attached and the notice, by the report's id. One query."""
    papers = Document.objects.for_user(actor).filter(
        subject_type=Report._meta.label_lower, subject_id__in=[str(one.pk) for one in reports]
    )
    found: dict[str, list[Document]] = {}
    for paper in papers.order_by("created_at", "id"):
        found.setdefault(paper.subject_id, []).append(paper)
    return found


def as_xlsx(demand: Demand, questions: list[Question], found: Iterable[Row]) -> bytes:
    return write_xlsx([ExportSheet(demand.title, _header(questions), _lines(found))])


def as_csv(questions: list[Question], found: Iterable[Row]) -> bytes:
    return write_csv(_header(questions), _lines(found))


def _header(questions: list[Question]) -> tuple[str, ...]:
    return (*_HEADER, *(str(question) for question in questions))


def _lines(found: Iterable[Row]) -> list[tuple[ExportValue, ...]]:
    return [
        (
            row.report.grantee.name,
            row.report.get_state_display(),
            row.report.due_on.isoformat(),
            "超過" if row.report.is_late else "",
            timezone.localdate(row.report.answered_at).isoformat()
            if row.report.answered_at
            else "",
            row.report.answered_by_name,
            "、".join(paper.title for paper in row.papers),
            *row.answers,
        )
        for row in found
    ]
