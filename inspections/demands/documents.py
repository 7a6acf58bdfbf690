"""報告の徴求の通知: everything on it comes from what was kept when it was issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.awards.api import frame
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind

from .models import Report
from .states import Basis


def notice_of_demand(document: Document) -> Mapping[str, Any]:
    report = Report.objects.select_related("grantee").get(pk=document.subject_id)
    given = frame(report)
    content = given["content"]
    return {
        **given,
        "report": report,
        "is_by_law": content["basis"] != Basis.GUIDELINE,
        "is_by_guideline": content["basis"] != Basis.LAW,
        "due_on": document_date(date.fromisoformat(content["due_on"])),
        "questions": list(enumerate(content["questions"], start=1)),
    }


def register_documents() -> None:
    register_kind(
        DocumentKind("notice_of_demand", "pdf/notice_of_demand.html", "1", notice_of_demand)
    )
