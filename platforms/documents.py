"""議事録, from what was kept when it was asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind

from .models import Minutes


def minutes(document: Document) -> Mapping[str, Any]:
    made = Minutes.objects.select_related("meeting__platform__owner").get(pk=document.subject_id)
    content = json.loads(made.payload)
    for action in content["actions"]:
        action["due"] = _day(action["due_on"]) if action["due_on"] else "期日なし"
    return {
        "sealed": made,
        "filing": made,
        "content": content,
        "agenda": content["items"],
        "held": _day(content["held_on"]),
    }


def _day(text: str) -> str:
    return document_date(date.fromisoformat(text))


def register_documents() -> None:
    register_kind(DocumentKind("minutes", "pdf/minutes.html", "1", minutes))
