"""不服申出書 and the notice of what was done about it, from what was kept when each was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from grants.awards.api import frame
from portal.core.dates import document_date
from portal.core.text import house_digits
from portal.documents.api import Document, DocumentKind, register_kind

from .models import ObjectionPaper


def objection_filed(document: Document) -> Mapping[str, Any]:
    given = _frame(document)
    return {**given, "entries": _numbered(_of_filed(given["content"]))}


def notice_of_measure(document: Document) -> Mapping[str, Any]:
    given = _frame(document)
    return {**given, "entries": _numbered(_of_answer(given["content"]))}


def _frame(document: Document) -> dict[str, Any]:
    papers = ObjectionPaper.objects.select_related("objection__grantee")
    given = frame(papers.get(pk=document.subject_id))
    content = given["content"]
    return {
        **given,
        "acted_on": _day(content["act"]["issued_on"]),
        "filed_on": _day(content["filed_on"]),
    }


def _numbered(entries: Iterator[tuple[str, str]]) -> list[tuple[str, str, str]]:
    return [(house_digits(str(n)), name, text) for n, (name, text) in enumerate(entries, start=1)]


def _of_filed(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "処分の内容", content["content"]
    yield (
        "処分を受けた年月日",
        _day(content["since"])
        + (
            "（処分の通知がないため、処分があったことを知った日）"
            if content["is_known_day"]
            else ""
        ),
    )
    yield "申出の期限", f"{_day(content['last_day'])}\n" + "\n".join(content["count"])
    yield "不服の理由", content["reasons"]
    if content["late_reason"]:
        yield "期限までに申し出られなかった理由", content["late_reason"]
    if content["mends"]:
        yield "補正した事項", content["mends"]
    attached = [f"{title}（SHA-256 {sha256[:16]}…）" for title, sha256 in content["attached"]]
    yield "参考となる書類", "\n".join(attached) or "なし"


def _of_answer(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "措置", content["measure"]
    yield "措置の内容", content["text"]
    yield "理由", content["reason"]
    if content["heard_on"]:
        yield "意見を述べた機会", f"{_day(content['heard_on'])}（{content['way']}）"
    yield (
        "内閣への意見の申出",
        (
            "この措置に不服があるときは、内閣に対して意見を申し出ることができる（適正化法第25条第３項）。"
        ),
    )


def _day(text: str) -> str:
    return document_date(date.fromisoformat(text))


def register_documents() -> None:
    register_kind(DocumentKind("objection_filed", "pdf/objection_filed.html", "1", objection_filed))
    register_kind(
        DocumentKind("notice_of_measure", "pdf/notice_of_measure.html", "1", notice_of_measure)
    )
