"""What a transition of an objection does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from grants.awards.api import take_number
from grants.filings.api import canonical, digest
from portal.accounts.api import Organisation, User
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.documents.api import Document, request_document

from .models import Objection, ObjectionPaper
from .states import PaperKind

Data = Mapping[str, Any]
ARTICLE = "適正化法25条1項、施行令15条"
FILE = "objection:paper"
_FORMS = {
    PaperKind.FILED: ("objection_filed", "不服申出書"),
    PaperKind.ANSWER: ("notice_of_measure", "不服の申出に対する措置の通知書"),
}


def file(objection: Objection, actor: Actor, data: Data) -> None:
    """With its paper; what was attached is the office's to read from now on. The first arrival
    counts: what was mended arrived then (施行令15条)."""
    if objection.filed_at is None:
        objection.filed_at = timezone.now()
    objection.filed_by_name = actor.name
    Document.objects.of_subject(objection).filter(kind=FILE).update(is_filed=True)
    _paper(objection, PaperKind.FILED, _filed(objection))
    count = objection.count
    assert count is not None  # a guard
    data["_said"]["処分"] = f"{objection.act_name}（{objection.act_number}）"
    data["_said"]["申出の期限"] = day_with_weekday(count.last_day)
    if objection.late_reason:
        data["_said"]["遅れた理由"] = objection.late_reason


def discard(objection: Objection, actor: Actor, data: Data) -> None:
    data["_said"]["理由"] = data["reason"]


def ask_mend(objection: Objection, actor: Actor, data: Data) -> None:
    objection.mend_points, objection.mend_due_on = data["reason"], data["due_on"]
    handle(objection, actor, data)
    data["_said"]["補正を求める事項"] = data["reason"]
    data["_said"]["補正の期限"] = day_with_weekday(data["due_on"])


def handle(objection: Objection, actor: Actor, data: Data) -> None:
    objection.handlers.add(*User.objects.filter(pk=actor.user_id))


def admit_late(objection: Objection, actor: Actor, data: Data) -> None:
    objection.admission_reason = data["reason"]
    data["_said"]["理由"] = data["reason"]


def invite(objection: Objection, actor: Actor, data: Data) -> None:
    objection.way, objection.place = data["way"], data["where"]
    objection.heard_on = data["on"]
    handle(objection, actor, data)
    data["_said"]["方法"] = objection.get_way_display()
    data["_said"]["日"] = day_with_weekday(data["on"])


def state_opinion(objection: Objection, actor: Actor, data: Data) -> None:
    objection.opinion = data["opinion"]
    objection.opinion_by = f"{actor.organisation_name}　{actor.name}"
    objection.heard_on = timezone.localdate()
    data["_said"]["方法"] = "書面"


def record_opinion(objection: Objection, actor: Actor, data: Data) -> None:
    objection.opinion, objection.opinion_by = data["opinion"], data["opinion_by"]
    objection.heard_on = data["on"]
    handle(objection, actor, data)
    data["_said"]["意見を述べた人"] = data["opinion_by"]
    data["_said"]["日"] = day_with_weekday(data["on"])


def answer(objection: Objection, actor: Actor, data: Data) -> None:
    """The measure with its notice (適正化法25条2項); the measure itself is an act of its own."""
    objection.measure, objection.measure_text = data["measure"], data["taken"]
    _answer(objection, actor, data)
    data["_said"]["措置"] = objection.get_measure_display()


def dismiss(objection: Objection, actor: Actor, data: Data) -> None:
    objection.measure_text = "申出を受理しない。"
    _answer(objection, actor, data)


def _answer(objection: Objection, actor: Actor, data: Data) -> None:
    office = Organisation.objects.get(pk=actor.organisation_id)
    objection.measure_reason = data["reason"]
    objection.decided_on, objection.issued_on = data["decided_on"], data["issued_on"]
    objection.document_number = take_number(
        office, data["document_number"], data["issued_on"], f"j:{objection.pk}"
    )
    _paper(objection, PaperKind.ANSWER, _answered(objection))
    data["_said"]["文書番号"] = objection.document_number
    data["_said"]["理由"] = objection.measure_reason


def go_to_cabinet(objection: Objection, actor: Actor, data: Data) -> None:
    objection.cabinet_on, objection.cabinet_number = data["on"], data["number"].original
    objection.cabinet_text = data["text"]
    data["_said"]["申出の日"] = day_with_weekday(data["on"])
    data["_said"]["文書番号"] = objection.cabinet_number


def end_at_cabinet(objection: Objection, actor: Actor, data: Data) -> None:
    objection.cabinet_result = data["reason"]
    data["_said"]["内閣の結論"] = data["reason"]


def _paper(objection: Objection, kind: PaperKind, content: dict[str, Any]) -> None:
    """The same text twice is one paper of the portal, and both rows stay."""
    text = canonical(content)
    made = ObjectionPaper.objects.create(
        objection=objection, kind=kind, payload=text, sha256=digest(text)
    )
    form, title = _FORMS[kind]
    number = objection.document_number if kind == PaperKind.ANSWER else objection.act_number
    office = Organisation.objects.cabinet_office().first()
    request_document(
        kind=form,
        issuer=office if kind == PaperKind.ANSWER else objection.grantee,
        title=f"{title}（{number}）",
        subject=made,
        payload_hash=made.sha256,
        readers=[objection.grantee, *([office] if office else [])],
        case_id=objection.case_id,
        is_filed=True,
    )


def _common(objection: Objection, on: date) -> dict[str, Any]:
    terms = objection.programme.terms()
    names = ("year_label", "official_name", "project_name", "addressee")
    count = objection.count
    return {
        "terms": {name: getattr(terms, name) for name in names},
        "grantee": objection.grantee.name,
        "issued_on": on.isoformat(),
        "act": {
            "name": objection.act_name,
            "number": objection.act_number,
            "issued_on": objection.act_issued_on.isoformat(),
        },
        "filed_on": timezone.localdate(objection.filed_at).isoformat(),
        "count": list(count.steps) if count else [],
        "last_day": count.last_day.isoformat() if count else "",
    }


def _filed(objection: Objection) -> dict[str, Any]:
    since = objection.arrived_on or objection.known_on
    assert since is not None  # a guard
    attached = Document.objects.of_subject(objection).filter(kind=FILE)
    return {
        "form": "objection/1",
        **_common(objection, timezone.localdate()),
        "since": since.isoformat(),
        "is_known_day": objection.arrived_on is None,
        "content": objection.content,
        "reasons": objection.reasons,
        "late_reason": objection.late_reason,
        "attached": [[one.title, one.sha256] for one in attached],
        "mends": objection.mend_points,
        "version": objection.version,
    }


def _answered(objection: Objection) -> dict[str, Any]:
    assert objection.issued_on is not None
    return {
        "form": "measure/1",
        **_common(objection, objection.issued_on),
        "document_number": objection.document_number,
        "measure": objection.get_measure_display() if objection.measure else "申出を受理しない",
        "text": objection.measure_text,
        "reason": objection.measure_reason,
        "heard_on": objection.heard_on.isoformat()
        if objection.opinion and objection.heard_on
        else "",
        "way": objection.get_way_display() if objection.opinion else "",
        "is_dismissed": not objection.measure,
    }
