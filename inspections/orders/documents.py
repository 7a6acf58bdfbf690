"""命令書: everything on it comes from what was kept when it was issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from grants.awards.api import frame
from portal.core.dates import document_date
from portal.core.text import house_digits
from portal.documents.api import Document, DocumentKind, register_kind

from .models import OrderNotice
from .states import Basis

_PARAGRAPHS = {
    Basis.PERFORM: "第13条第１項",
    Basis.SUSPEND: "第13条第２項",
    Basis.CORRECT: "第16条第１項",
}
_IF_NOT_KEPT = (
    "上の期限までに、交付の決定の内容及びこれに付した条件に適合させるための措置をとらないときは、"
    "適正化法第17条第１項の規定により、交付の決定の全部又は一部を取り消す（同法施行令第７条）。"
)
_REPORT_AGAIN = (
    "是正の措置を行ったときは、適正化法第16条第２項において準用する第14条の規定により、"
    "改めて実績を報告すること。"
)
_APPEAL = (
    "この命令に不服があるときは、通知を受けた日から{days}日以内（{until}まで）に、"
    "不服を申し出ることができる（適正化法第25条、同法施行令第15条）。"
)


def notice_of_order(document: Document) -> Mapping[str, Any]:
    notices = OrderNotice.objects.select_related("order__award__grantee")
    given = frame(notices.get(pk=document.subject_id))
    content = given["content"]
    entries = enumerate(_entries(content), start=1)
    return {
        **given,
        "paragraph": _PARAGRAPHS.get(content["basis"], ""),
        "is_by_guideline": content["basis"] != Basis.SUSPEND,
        "entries": [(house_digits(str(number)), name, text) for number, (name, text) in entries],
    }


def _entries(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the notice lists, in the order in which it is read."""
    basis = content["basis"]
    yield "件名", content["title"]
    yield "種類", content["kind"]
    yield "命ずる事項", content["content"]
    if content["findings"]:
        lines = (f"{title}（{citation}）" for title, citation in content["findings"])
        yield "適合しないと認めた事項", "\n".join(lines)
    if content["earlier"]:
        yield "履行されなかった命令", content["earlier"]
    yield "理由", content["reason"] + ("（適正化法第21条の２）" if basis in _PARAGRAPHS else "")
    yield "履行の期限", _day(content["due_on"])
    if basis == Basis.SUSPEND:
        yield "履行しないとき", _IF_NOT_KEPT
    if basis == Basis.CORRECT:
        yield "実績報告", _REPORT_AGAIN
    if content["appeal_until"]:
        until = _day(content["appeal_until"])
        yield "不服の申出", _APPEAL.format(days=content["appeal_days"], until=until)


def _day(text: str) -> str:
    return document_date(date.fromisoformat(text))


def register_documents() -> None:
    register_kind(DocumentKind("notice_of_order", "pdf/notice_of_order.html", "1", notice_of_order))
