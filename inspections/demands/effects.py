"""What a transition of a demand, a report or an extension does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from grants.awards.api import take_number
from grants.filings.api import canonical, digest
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.core.problems import Refused
from portal.documents.api import Document, request_document

from .models import Demand, Extension, Report, SealedReport
from .states import DemandState

Data = Mapping[str, Any]
ANSWER_FILE = "demand:answer"


def issue(demand: Demand, actor: Actor, data: Data) -> None:
    """A report for each body, each with its notice."""
    office = Organisation.objects.get(pk=actor.organisation_id)
    issued_on = data["issued_on"]
    demand.document_number = take_number(office, data["document_number"], issued_on, demand.pk)
    demand.decided_on, demand.issued_on = data["decided_on"], issued_on
    bodies = list(demand.grantees.order_by("prefecture_id"))
    for body in bodies:
        text = _notice(demand, body)
        report = Report.objects.create(
            demand=demand, grantee=body, due_on=demand.due_on, payload=text, sha256=digest(text)
        )
        request_document(
            kind="notice_of_demand",
            title=f"報告の徴求（{demand.document_number}）",
            subject=report,
            payload_hash=report.sha256,
            issuer=office,
            readers=[body, office],
            case_id=report.case_id,
            is_filed=True,
        )
    data["_said"]["根拠"] = demand.get_basis_display()
    data["_said"]["文書番号"] = demand.document_number
    data["_said"]["報告を求めた先"] = f"{len(bodies)}団体"
    data["_said"]["報告の期限"] = day_with_weekday(demand.due_on)


def _notice(demand: Demand, body: Organisation) -> str:
    """What the notice says, for ever: the terms as they are on the day it is made."""
    terms = demand.programme.terms()
    return canonical(
        {
            "form": "demand/1",
            "terms": {
                "year_label": terms.year_label,
                "official_name": terms.official_name,
                "project_name": terms.project_name,
                "guideline_title": terms.guideline_title,
                "addressee": terms.addressee,
            },
            "grantee": body.name,
            "document_number": demand.document_number,
            "issued_on": demand.issued_on.isoformat() if demand.issued_on else "",
            "title": demand.title,
            "basis": demand.basis,
            "reason": demand.reason,
            "due_on": demand.due_on.isoformat(),
            "questions": [question.text for question in demand.questions.all()],
        }
    )


def close(demand: Demand, actor: Actor, data: Data) -> None:
    demand.closed_at = timezone.now()
    data["_said"]["未報告"] = f"{demand.reports.owed().count()}団体"


def answer(report: Report, actor: Actor, data: Data) -> None:
    """Sealed as it is; what was attached meanwhile is the office's to read from now on.

    Raises Refused where the demand was closed in the same moment.
    """
    demand = Demand.objects.select_for_update(of=("self",)).get(pk=report.demand_id)
    if demand.state != DemandState.ISSUED:
        raise Refused(["この徴求は終わっています。"])
    report.answered_at = timezone.now()
    report.answered_by_name = actor.name
    filed = Document.objects.of_subject(report).filter(kind=ANSWER_FILE)
    filed.update(is_filed=True)
    sealed = _seal(report, actor, list(filed.values_list("sha256", flat=True)))
    data["_said"]["回"] = f"第{sealed.number}回"
    data["_said"]["識別値"] = sealed.sha256[:16]
    data["_said"]["添付"] = f"{filed.count()}件"


def _seal(report: Report, actor: Actor, files: list[str]) -> SealedReport:
    written = {one.question_id: one.text for one in report.answers.all()}
    answers = [
        {"number": one.number, "question": one.text, "text": written.get(one.pk, "")}
        for one in report.demand.questions.all()
    ]
    text = canonical({"form": "report/1", "answers": answers, "files": files})
    made: SealedReport = SealedReport.objects.create(
        report=report,
        number=report.sealed.count() + 1,
        payload=text,
        sha256=digest(text),
        reported_at=report.answered_at,
        reported_by_name=actor.name,
    )
    return made


def ask_again(report: Report, actor: Actor, data: Data) -> None:
    report.again_reason = data["reason"]
    report.due_on = data["due_on"]
    data["_said"]["理由"] = data["reason"]
    data["_said"]["期限"] = day_with_weekday(report.due_on)


def grant(extension: Extension, actor: Actor, data: Data) -> None:
    Report.objects.filter(pk=extension.report_id).update(due_on=extension.wanted_on)
    data["_said"]["新しい期限"] = day_with_weekday(extension.wanted_on)


def refuse(extension: Extension, actor: Actor, data: Data) -> None:
    extension.refusal = data["reason"]
    data["_said"]["理由"] = data["reason"]
