"""All answers to one inquiry, with their files, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.core.actor import Actor
from portal.documents.api import Document
from portal.workflow.api import Button, buttons

from .models import Inquiry, Reply


@dataclass(frozen=True, slots=True)
class Row:
    reply: Reply
    papers: tuple[Document, ...]
    buttons: tuple[Button, ...]


def rows(inquiry: Inquiry, actor: Actor) -> list[Row]:
    """In the order of the prefectures."""
    replies = Reply.objects.for_user(actor).filter(inquiry=inquiry).for_lists()
    found: list[Reply] = list(replies.order_by("grantee__prefecture_id"))
    papers = papers_of(found, actor)
    return [
        Row(
            reply,
            tuple(papers.get(str(reply.pk), ())),
            tuple(buttons(reply, actor, with_reasons=False)),
        )
        for reply in found
    ]


def papers_of(replies: list[Reply], actor: Actor) -> dict[str, list[Any]]:
    """What was attached, by the reply's id. One query."""
    papers = Document.objects.for_user(actor).filter(
        subject_type=Reply._meta.label_lower, subject_id__in=[str(reply.pk) for reply in replies]
    )
    found: dict[str, list[Any]] = {}
    for paper in papers.order_by("created_at", "id"):
        found.setdefault(paper.subject_id, []).append(paper)
    return found
