"""Appending to the chain, keeping its head elsewhere, and checking it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from portal.core.actor import Actor

from . import chain
from .models import Event, Head, Visibility

# Legal basis of an act that no article asks for.
INTERNAL = "内部手続"


def record(
    actor: Actor,
    verb: str,
    label: str,
    subject: models.Model,
    *,
    article: str = INTERNAL,
    case_id: UUID | None = None,
    data: Mapping[str, Any] | None = None,
    visibility: str = Visibility.CASE,
    request_key: UUID | None = None,
) -> Event:
    """Appends one event. Call it last in the transaction: the head stays locked until the commit.

    Raises RuntimeError outside a transaction, IntegrityError for a request already recorded.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event belongs to the transaction of the act it records")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    event = Event(
        seq=head.seq + 1,
        at=timezone.now(),
        actor_user_id=actor.user_id,
        actor_name=actor.name,
        actor_role=actor.role,
        actor_role_label=actor.role_label,
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        ip=actor.ip,
        verb=verb,
        label=label,
        article=article,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        case_id=case_id,
        visibility=visibility,
        data={**(data or {}), **({"scope": actor.scope} if actor.is_system else {})},
        request_key=request_key,
        prev_hash=head.hash,
    )
    event.hash = chain.digest(head.hash, event)
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def already_recorded(verb: str, subject_id: Any, request_key: UUID | None) -> Event | None:
    """The event of the first of two clicks, if this is the second."""
    if request_key is None:
        return None
    return Event.objects.filter(
        request_key=request_key, verb=verb, subject_id=str(subject_id)
    ).first()


def write_anchor() -> Path:
    """Appends the signed head to today's file outside the database; returns its path."""
    head, _ = Head.objects.get_or_create(pk=1)
    day = timezone.localdate().isoformat()
    folder: Path = settings.AUDIT_ANCHOR_DIR
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{day}.anchor"
    line = chain.sign(chain.Anchor(head.seq, head.hash), day, settings.AUDIT_ANCHOR_KEY)
    if head.seq and (not path.exists() or not path.read_text().endswith(line)):
        with path.open("a") as file:
            file.write(line)
    return path


def verify() -> list[chain.Fault]:
    """All faults of the whole chain against its head and the signed files; an empty list is sound."""
    kept = list(chain.read_anchors(settings.AUDIT_ANCHOR_DIR, settings.AUDIT_ANCHOR_KEY))
    faults = [item for item in kept if isinstance(item, chain.Fault)]
    anchors = [item for item in kept if isinstance(item, chain.Anchor)]
    with transaction.atomic():
        head, _ = Head.objects.select_for_update().get_or_create(pk=1)
        events = Event.objects.order_by("seq").iterator(chunk_size=2000)
        return faults + list(chain.verify(events, head, anchors))
