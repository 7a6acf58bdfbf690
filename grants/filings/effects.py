"""What a transition of a point does to its messages, and who counts as a reviewer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.core.actor import Actor

from .models import Filing, Reviewer, ReviewItem, ReviewMessage


def remember_reviewer(filing: Filing, actor: Actor) -> None:
    """Kept for ever: marks and the taking over are rewritten by whoever comes next."""
    Reviewer.objects.bulk_create(
        [Reviewer(filing=filing, user_id=actor.user_id)], ignore_conflicts=True
    )


def resolve(item: ReviewItem, actor: Actor, data: Mapping[str, Any]) -> None:
    remember_reviewer(item.filing, actor)


def answer(item: ReviewItem, actor: Actor, data: Mapping[str, Any]) -> None:
    _write(item, actor, data["text"], is_answer=True)


def ask_again(item: ReviewItem, actor: Actor, data: Mapping[str, Any]) -> None:
    remember_reviewer(item.filing, actor)
    _write(item, actor, data["text"], is_answer=False)


def _write(item: ReviewItem, actor: Actor, text: str, *, is_answer: bool) -> None:
    """An answer not filed yet is rewritten; a published turn stays and a new one follows."""
    draft = item.messages.filter(is_answer=is_answer, published_at=None).first()
    if draft is None:
        draft = ReviewMessage(item=item, is_answer=is_answer)
    draft.text = text
    draft.author_id = actor.user_id  # type: ignore[assignment]  # a person types
    draft.author_name = actor.name
    draft.organisation_name = actor.organisation_name
    draft.save()
