"""What the desk puts on the home page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.access.api import Role
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import SecondReading


def second_readings(actor: Actor) -> Mapping[str, Any] | None:
    """What this person was asked to read; nothing where nobody asked."""
    found = SecondReading.objects.for_user(actor).awaiting(actor)
    readings = list(found.for_lists().order_by("named_at", "id")[:20])
    return {"readings": readings} if readings else None


PANELS = (
    Panel(
        "second_readings",
        frozenset({Role.REVIEWER}),
        "home/panels/second_readings.html",
        second_readings,
        "main",
        7,
    ),
)
