"""内示通知書: everything on it comes from what was kept when it was issued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from grants.awards.api import Notice, frame, register_correctable
from portal.documents.api import Document, DocumentKind, register_kind

from .models import Promise


def notice_of_promise(document: Document) -> Mapping[str, Any]:
    made = _promise(document)
    return {**frame(made), "promise": made}


def as_correctable(document: Document) -> Notice:
    made = _promise(document)
    terms = json.loads(made.payload)["terms"]
    return Notice("内示通知書", made.document_number, made.issued_on, made.grantee, terms)


def _promise(document: Document) -> Promise:
    found: Promise = Promise.objects.select_related("grantee").get(pk=document.subject_id)
    return found


def register_documents() -> None:
    register_kind(
        DocumentKind("notice_of_promise", "pdf/notice_of_promise.html", "1", notice_of_promise)
    )
    register_correctable("notice_of_promise", as_correctable)
