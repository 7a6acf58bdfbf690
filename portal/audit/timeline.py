"""Events as sentences: who, in which role, when, on what legal basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.core.actor import Actor

from .models import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """`label` is the act («差し戻す»), `what` its object, `details` lines such as a reason."""

    seq: int
    at: datetime
    label: str
    what: str
    who: str
    article: str
    is_internal: bool
    details: tuple[str, ...]


def timeline(case_id: UUID, actor: Actor) -> list[Entry]:
    """The whole story of a case as this actor may read it, oldest first. One query."""
    return [_entry(event) for event in Event.objects.of_case(case_id).readable_by(actor)]


def _entry(event: Event) -> Entry:
    said = event.data.get("said", {})
    return Entry(
        seq=event.seq,
        at=event.at,
        label=event.label,
        what=event.subject_label,
        who=f"{event.organisation_name} {event.actor_name}（{event.actor_role_label}）",
        article=event.article,
        is_internal=event.visibility == "organisation",
        details=tuple(f"{key}：{value}" for key, value in said.items()),
    )
