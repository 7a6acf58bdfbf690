"""Whose paper a seal is, for one who may read it. For everybody else it is a seal that never was."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from portal.core.actor import Actor
from portal.documents.api import Document, Origin

from .models import Scan


def issued_papers(actor: Actor) -> QuerySet[Document]:
    """Papers with a seal that this person may read, newest first."""
    mine: QuerySet[Document] = Document.objects.for_user(actor)
    return mine.filter(origin=Origin.GENERATED).exclude(payload_hash="").order_by("-created_at")


def issued_paper(actor: Actor, pk: Any) -> Document | None:
    return issued_papers(actor).filter(pk=pk).first()


def papers_of(scan: Scan, actor: Actor) -> list[Document]:
    """A notice and the filing that it answers may hold one seal: then a person says which."""
    seal = scan.reading.seal
    return list(issued_papers(actor).filter(payload_hash=seal)) if seal else []
