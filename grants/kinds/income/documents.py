"""収益状況報告書: everything comes from sealed values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from grants.filings.api import SealedVersion, present
from grants.kinds.application.documents import common
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind


def statement(document: Document) -> Mapping[str, Any]:
    sealed = SealedVersion.objects.select_related("filing__grantee").get(pk=document.subject_id)
    content = sealed.content
    [section] = present(content["sections"])
    year = content["year"]
    return {
        **common(sealed),
        "form_name": "収益状況報告書",
        "issued": document_date(sealed.issued_on or timezone.localdate(sealed.sealed_at)),
        "founded_on": _day(content["decision"]["issued_on"]),
        "settled_on": _day(content["settled"]["issued_on"]),
        "starts_on": _day(year["starts_on"]),
        "ends_on": _day(year["ends_on"]),
        "tables": section.tables,
        "amount_rows": content["amount_rows"],
    }


def _day(text: str) -> str:
    return document_date(date.fromisoformat(text))


def register_documents() -> None:
    register_kind(DocumentKind("income", "pdf/income.html", "2", statement))
