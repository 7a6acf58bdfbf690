"""検査の通知 and 検査の結果の通知: everything on them comes from what was kept when they were issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.awards.api import frame
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind

from .models import Paper

_DAYS = ("planned_on", "held_on", "debriefed_on")


def visit_paper(document: Document) -> Mapping[str, Any]:
    papers = Paper.objects.select_related("visit__award__grantee")
    given = frame(papers.get(pk=document.subject_id))
    content = given["content"]
    days = {
        name: document_date(date.fromisoformat(content[name]))
        for name in _DAYS
        if content.get(name)
    }
    return {**given, **days}


def register_documents() -> None:
    register_kind(DocumentKind("visit_notice", "pdf/visit_notice.html", "1", visit_paper))
    register_kind(DocumentKind("visit_result", "pdf/visit_result.html", "1", visit_paper))
