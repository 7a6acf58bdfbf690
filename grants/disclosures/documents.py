"""開示する文書: drawn from the masked text that was kept, never from what was filed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from grants.awards.api import frame
from portal.documents.api import Document, DocumentKind, register_kind

from .models import DisclosedText


def disclosure(document: Document) -> Mapping[str, Any]:
    made = DisclosedText.objects.select_related("request__award__grantee").get(
        pk=document.subject_id
    )
    given = frame(made)
    grouped = groupby(given["content"]["parts"], key=lambda part: part["title"])
    return {**given, "papers": [(title, list(parts)) for title, parts in grouped]}


def register_documents() -> None:
    register_kind(DocumentKind("disclosure", "pdf/disclosure.html", "2", disclosure))
