"""概算払（精算払）請求書: from sealed values, and the account that they name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from grants.claims.api import Account
from grants.filings.api import SealedVersion, present
from grants.kinds.application.documents import common
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind


def claim(document: Document) -> Mapping[str, Any]:
    sealed = SealedVersion.objects.select_related("filing__grantee").get(pk=document.subject_id)
    content = sealed.content
    issued = sealed.issued_on or timezone.localdate(sealed.sealed_at)
    [section] = present(content["sections"])
    return {
        **common(sealed),
        "issued": document_date(issued),
        "founded_on": document_date(date.fromisoformat(content["decision"]["issued_on"])),
        "form_name": f"{'精算払' if content['is_final'] else '概算払'}請求書",
        "amount": content["amounts"]["i"],
        "reason": next(
            (one["value"] for one in content["sections"][0]["fields"] if one["key"] == "reason"), ""
        ),
        "amount_rows": content["amount_rows"],
        "tables": section.tables,
        "account": Account.objects.get(pk=content["account"]),
    }


def register_documents() -> None:
    register_kind(DocumentKind("claim", "pdf/claim.html", "2", claim))
