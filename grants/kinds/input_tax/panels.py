"""What 仕入控除税額 puts on the home pages: figures that are owed, the soonest due first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import Award
from grants.input_tax.api import duties
from portal.access.api import Role
from portal.core.actor import Actor
from portal.core.dates import now_jst, remaining_phrase
from portal.home.api import Panel

_MOST = 6


def owed(actor: Actor) -> Mapping[str, Any] | None:
    found = [one for one in duties(actor, Award.objects.for_user(actor)) if one.is_open]
    rows = [one for one in found if not one.is_waiting]
    rows.sort(key=lambda one: one.due_on)
    now = now_jst()
    shown = [(one, remaining_phrase(one.due_on, now)) for one in rows[:_MOST]]
    return {"rows": shown} if shown else None


PANELS = (
    Panel("input_tax", frozenset({Role.DRAFTER}), "home/panels/input_tax.html", owed, "main", 9),
)
