"""What platforms put on the home pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.access.api import Role
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import AgendaProposal, Platform


def proposals(actor: Actor) -> Mapping[str, Any] | None:
    """What members propose and nobody has answered yet, the oldest first."""
    waiting = AgendaProposal.objects.for_user(actor).waiting().select_related("member")
    found = list(waiting.order_by("made_at", "pk")[:10])
    return {"proposals": found} if found else None


def taking_part(actor: Actor) -> Mapping[str, Any] | None:
    """The platforms of a body that takes part."""
    return {"platforms": list(Platform.objects.for_user(actor).order_by("name", "pk")[:20])}


PANELS = (
    Panel(
        "platform_proposals",
        frozenset({Role.DRAFTER}),
        "home/panels/platform_proposals.html",
        proposals,
        "main",
        20,
    ),
    Panel(
        "platforms_taking_part",
        frozenset({Role.MEMBER}),
        "home/panels/platforms_taking_part.html",
        taking_part,
        "main",
        10,
    ),
)
