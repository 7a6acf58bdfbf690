"""内示通知書: everything on it comes from what was kept when it was issued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse

from portal.core.dates import document_date
from portal.core.text import house_digits
from portal.documents.api import Document, DocumentKind, register_kind

from .models import Promise


def notice_of_promise(document: Document) -> Mapping[str, Any]:
    made = Promise.objects.select_related("grantee").get(pk=document.subject_id)
    content = json.loads(made.payload)
    address = settings.SITE_URL + reverse("documents:verify_seal", args=[made.sha256])
    return {
        "promise": made,
        "sealed": made,
        "filing": made,
        "content": content,
        "terms": content["terms"],
        "year_label": house_digits(content["terms"]["year_label"]),
        "issued": document_date(date.fromisoformat(content["issued_on"])),
        "verify_url": address,
        "qr": segno.make(address, error="m").svg_data_uri(scale=3, border=0),
        "seal_groups": [made.sha256[n : n + 16] for n in range(0, 64, 16)],
    }


def register_documents() -> None:
    register_kind(
        DocumentKind("notice_of_promise", "pdf/notice_of_promise.html", "1", notice_of_promise)
    )
