"""決定取消通知書: everything on it comes from what was kept when it was issued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.awards.api import Notice, frame, register_correctable
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind

from .models import Revocation


def notice_of_revocation(document: Document) -> Mapping[str, Any]:
    given = frame(_made(document))
    content = given["content"]
    return {
        **given,
        "decided_on": _day(content["decision"]["issued_on"]),
        "appeal_until": _day(content["appeal_until"]),
        "is_changed": content["ground"] == "changed",
        "paragraph": {"revoked_body": "１", "revoked_sub": "２"}.get(content["ground"], ""),
    }


def _day(text: str) -> str:
    return document_date(date.fromisoformat(text))


def _made(document: Document) -> Revocation:
    found: Revocation = Revocation.objects.for_pages().get(pk=document.subject_id)
    return found


def as_correctable(document: Document) -> Notice:
    made = _made(document)
    terms = json.loads(made.payload)["terms"]
    return Notice("決定取消通知書", made.document_number, made.issued_on, made.grantee, terms)


def register_documents() -> None:
    register_kind(
        DocumentKind(
            "notice_of_revocation", "pdf/notice_of_revocation.html", "1", notice_of_revocation
        )
    )
    register_correctable("notice_of_revocation", as_correctable)
