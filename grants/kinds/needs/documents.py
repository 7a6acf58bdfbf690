"""The paper of a statement: everything comes from sealed values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from grants.filings.api import SealedVersion, kind_of, present
from grants.kinds.application.documents import common
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind


def statement(document: Document) -> Mapping[str, Any]:
    sealed = SealedVersion.objects.select_related("filing__grantee").get(pk=document.subject_id)
    content = sealed.content
    needs, contact = present(content["sections"])
    return {
        **common(sealed),
        "form_name": kind_of(sealed.filing.kind).label,
        "issued": document_date(sealed.issued_on or timezone.localdate(sealed.sealed_at)),
        "needs": needs,
        "contact": contact,
        "amounts": content["amounts"],
        "amount_rows": content["amount_rows"],
    }


def register_documents() -> None:
    register_kind(DocumentKind("statement", "pdf/statement.html", "2", statement))
