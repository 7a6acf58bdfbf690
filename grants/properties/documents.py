"""取得財産等管理台帳 and 明細表: everything comes from what was kept when they were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.awards.api import frame
from portal.core.dates import short_date
from portal.documents.api import Document, DocumentKind, register_kind

from .models import RegisterCopy


def register_paper(document: Document) -> Mapping[str, Any]:
    copy = RegisterCopy.objects.select_related("award__grantee").get(pk=document.subject_id)
    given = frame(copy)
    content = given["content"]
    held = [one for one in content["rows"] if one["disposal"] is None]
    return {
        **given,
        "rows": [_shown(one) for one in content["rows"]],
        "total": sum(one["amount"] for one in held),
        "count": len(held),
    }


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    disposal = one["disposal"]
    return {
        **one,
        "acquired_on": _day(one["acquired_on"]),
        "ends_on": _day(one["ends_on"]),
        "checked_on": _day(one["checked_on"]) if one["checked_on"] else "",
        "disposal": {**disposal, "on": _day(disposal["on"])} if disposal else None,
    }


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))


def register_documents() -> None:
    register_kind(
        DocumentKind("property_register", "pdf/property_register.html", "2", register_paper)
    )
    register_kind(
        DocumentKind("property_details", "pdf/property_details.html", "2", register_paper)
    )
