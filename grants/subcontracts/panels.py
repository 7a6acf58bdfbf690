"""What links put on the home pages: those that wait for this person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.access.api import PREFECTURE, Role
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import Subcontract

_MOST = 5


def waiting_links(actor: Actor) -> Mapping[str, Any] | None:
    """To be consented to, oldest first; for who asked, what was sent back."""
    visible = Subcontract.objects.for_user(actor)
    is_office = actor.role in PREFECTURE
    found = visible.waiting() if is_office else visible.sent_back()
    links = list(found.for_lists().order_by("requested_on", "created_at")[:_MOST])
    if not links:
        return None
    return {"links": links, "count": found.count(), "is_office": is_office}


PANELS = (
    Panel(
        "subcontracts",
        frozenset({Role.DRAFTER, Role.RESPONSIBLE}),
        "home/panels/subcontracts.html",
        waiting_links,
        "main",
        28,
    ),
)
