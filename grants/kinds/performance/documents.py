"""実績報告書: everything comes from sealed values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from grants.filings.api import SealedVersion, kind_of, present
from grants.kinds.application.documents import common
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind


def performance(document: Document) -> Mapping[str, Any]:
    sealed = SealedVersion.objects.select_related("filing__grantee").get(pk=document.subject_id)
    content = sealed.content
    basics, *parts = present(content["sections"])
    completed = content["sections"][0]["fields"][0]["value"]
    return {
        **common(sealed),
        "form_name": f"{kind_of(sealed.filing.kind).label}書",
        "issued": document_date(sealed.issued_on or timezone.localdate(sealed.sealed_at)),
        "decided_on": document_date(date.fromisoformat(content["decision"]["issued_on"])),
        "completed_on": document_date(date.fromisoformat(completed)),
        "summary": basics.fields[1].value,
        "parts": parts,
        "amount_rows": content["amount_rows"],
    }


def register_documents() -> None:
    register_kind(DocumentKind("performance", "pdf/performance.html", "2", performance))
