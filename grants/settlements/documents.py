"""額の確定通知書: everything on it comes from what was kept when it was issued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.awards.api import Notice, frame, register_correctable
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind

from .models import Settlement
from .rules import difference


def notice_of_settlement(document: Document) -> Mapping[str, Any]:
    made = _made(document)
    given = frame(made)
    content = given["content"]
    ordered = content.get("ordered", 0)
    return {
        **given,
        "decided_on": _day(content["decision"]["issued_on"]),
        "reported_on": _day(content["report"]["submitted_on"]),
        "appeal_until": _day(content["appeal_until"]),
        "ordered": ordered,
        "difference": difference(
            received=content["received"],
            ordered=ordered,
            decided=content["decided"],
            fixed=content["amount"],
        ),
    }


def _day(text: str) -> str:
    return document_date(date.fromisoformat(text))


def _made(document: Document) -> Settlement:
    found: Settlement = Settlement.objects.select_related("award__grantee").get(
        pk=document.subject_id
    )
    return found


def as_correctable(document: Document) -> Notice:
    made = _made(document)
    terms = json.loads(made.payload)["terms"]
    return Notice("額の確定通知書", made.document_number, made.issued_on, made.grantee, terms)


def register_documents() -> None:
    register_kind(
        DocumentKind(
            "notice_of_settlement", "pdf/notice_of_settlement.html", "2", notice_of_settlement
        )
    )
    register_correctable("notice_of_settlement", as_correctable)
