"""訂正通知書, from what was kept when it was issued; and the frame of papers with a payload of their own."""

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

from .models import Correction


def frame(made: Any) -> dict[str, Any]:
    """Header, footer and the box by which a paper can be checked.

    `made` has grantee, payload and sha256, and stands in the template for the sealed version too.
    """
    content = json.loads(made.payload)
    address = settings.SITE_URL + reverse("documents:verify_seal", args=[made.sha256])
    return {
        "sealed": made,
        "filing": made,
        "content": content,
        "terms": content["terms"],
        "form_number": content.get("form_number", ""),
        "year_label": house_digits(content["terms"]["year_label"]),
        "issued": document_date(date.fromisoformat(content["issued_on"])),
        "verify_url": address,
        "qr": segno.make(address, error="m").svg_data_uri(scale=3, border=0),
        "seal_groups": [made.sha256[n : n + 16] for n in range(0, 64, 16)],
    }


def notice_of_correction(document: Document) -> Mapping[str, Any]:
    made = Correction.objects.select_related("grantee").get(pk=document.subject_id)
    given = frame(made)
    corrected_on = date.fromisoformat(given["content"]["corrected_on"])
    return {**given, "correction": made, "corrected_on": document_date(corrected_on)}


def register_documents() -> None:
    register_kind(
        DocumentKind(
            "notice_of_correction", "pdf/notice_of_correction.html", "1", notice_of_correction
        )
    )
