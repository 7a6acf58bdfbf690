"""仕入控除税額報告書: everything comes from sealed values."""

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
    recipients = present(content["sections"])
    corrects = content["corrects"]
    return {
        **common(sealed),
        "corrected_on": document_date(date.fromisoformat(corrects["on"])) if corrects else "",
        "form_name": "仕入控除税額報告書",
        "issued": document_date(sealed.issued_on or timezone.localdate(sealed.sealed_at)),
        "founded_on": document_date(date.fromisoformat(content["decision"]["issued_on"])),
        "settled_on": document_date(date.fromisoformat(content["settled"]["issued_on"])),
        "recipients": [
            (one, [cell for cell in one.fields if cell.value], one.tables) for one in recipients
        ],
        "amount_rows": content["amount_rows"],
    }


def register_documents() -> None:
    register_kind(DocumentKind("input_tax", "pdf/input_tax.html", "3", statement))
