"""What 遂行状況報告 puts on the home pages: reports that are owed, and reports to take note of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import Award
from portal.access.api import Role
from portal.core.actor import Actor
from portal.core.dates import now_jst, remaining_phrase
from portal.home.api import Panel

from .standing import standings

_MOST = 6


def owed(actor: Actor) -> Mapping[str, Any] | None:
    """Days that have come and were not reported on, the soonest due first."""
    awards = Award.objects.for_user(actor).in_force()
    rows = [one for one in standings(actor, awards.order_by("created_at")) if one.is_open]
    rows.sort(key=lambda one: one.due.due_on)
    now = now_jst()
    shown = [(one, remaining_phrase(one.due.due_on, now)) for one in rows[:_MOST]]
    return {"rows": shown} if shown else None


PANELS = (
    Panel("progress", frozenset({Role.DRAFTER}), "home/panels/progress.html", owed, "main", 8),
)
