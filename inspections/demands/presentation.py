"""The reports of all bodies side by side, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.core.actor import Actor
from portal.documents.api import Document
from portal.spreadsheets.api import ExportSheet, ExportValue, write_csv, write_xlsx
from portal.workflow.api import Button, buttons

from .models import Answer, Demand, Question, Report
from .states import ReportState

# Before it is reported the office sees nothing of what a body writes.
_SENT = frozenset({ReportState.ANSWERED, ReportState.ACCEPTED, ReportState.ASKED_AGAIN})
_HEADER = ("都道府県", "状態", "期限", "超過", "報告日", "報告した人", "添付")


@dataclass(frozen=True, slots=True)
class Row:
    """`answers` in the order of the questions; empty until the body has reported."""

    report: Report
    answers: tuple[str, ...]
    papers: tuple[Document, ...]
    buttons: tuple[Button, ...]


def rows(demand: Demand, questions: list[Question], actor: Actor) -> list[Row]:
    """In the order of the prefectures."""
    reports = Report.objects.for_user(actor).filter(demand=demand).for_lists()
    found: list[Report] = list(reports.order_by("grantee__prefecture_id"))
    written = {
        (answer.report_id, answer.question_id): answer.text
        for answer in Answer.objects.filter(report__demand=demand)
    }
    papers = papers_of(found, actor)
    return [
        Row(
            report,
            tuple(written.get((report.pk, question.pk), "") for question in questions)
            if report.state in _SENT
            else (),
            tuple(papers.get(str(report.pk), ())),
            tuple(buttons(report, actor, with_reasons=False)),
        )
        for report in found
    ]


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
            f"{row.report.answered_at:%Y-%m-%d}" if row.report.answered_at else "",
            row.report.answered_by_name,
            "、".join(paper.title for paper in row.papers),
            *row.answers,
        )
        for row in found
    ]
