"""Events as sentences: who, in which role, when, on what legal basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from portal.core.actor import Actor

from .models import Event, Visibility


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a story, in the words of the timeline component; `basis` is the legal basis."""

    seq: int
    when: datetime
    what: str
    who: str
    note: str
    basis: str
    is_internal: bool


def timeline(case_id: UUID, actor: Actor) -> list[Entry]:
    """The whole story of a case as this actor may read it, oldest first. One query."""
    return [_entry(event) for event in Event.objects.of_case(case_id).readable_by(actor)]


def story(subject: models.Model, actor: Actor) -> list[Entry]:
    """What happened to one object that has a story of its own inside a case, oldest first.

    Its own events and those that name it as their case; for readers who do not see the whole case.
    An internal event stands here as it is: it is the reader's own.
    """
    events = Event.objects.about(subject).readable_by(actor)
    return [_entry(event, marks_internal=False) for event in events]


def _entry(event: Event, *, marks_internal: bool = True) -> Entry:
    is_internal = event.visibility == Visibility.ORGANISATION
    given = event.data.get("said", {}).items()
    said = "、".join(f"{key}：{str(value).removesuffix('。')}" for key, value in given)
    return Entry(
        seq=event.seq,
        when=event.at,
        what=event.label + ("（庁内）" if is_internal and marks_internal else ""),
        who=f"{event.organisation_name} {event.actor_name}（{event.actor_role_label}）",
        note=said,
        basis=event.article,
        is_internal=is_internal,
    )
