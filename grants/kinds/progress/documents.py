"""遂行状況報告書: everything comes from sealed values."""

from __future__ import annotations

from grants.kinds.discontinuance.documents import statement
from portal.documents.api import DocumentKind, register_kind


def register_documents() -> None:
    register_kind(DocumentKind("progress", "pdf/progress.html", "2", statement))
