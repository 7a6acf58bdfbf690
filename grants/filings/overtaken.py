"""Whether a paper is of a version that another one followed."""

from __future__ import annotations

from portal.documents.api import Document

from .models import SealedVersion


def newer_version(document: Document) -> str:
    """«第2版» for a paper of the first, where the second was filed and not taken back."""
    sealed = SealedVersion.objects.filter(pk=document.subject_id).first()
    if sealed is None:
        return ""
    versions = SealedVersion.objects.filter(filing_id=sealed.filing_id, recalled_at=None)
    newest = versions.order_by("-number").first()
    return f"第{newest.number}版" if newest is not None and newest.number > sealed.number else ""
