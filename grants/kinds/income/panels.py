"""What 収益状況 puts on the home pages: years that are owed, the soonest due first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.awards.api import Award
from grants.income.api import duties
from portal.access.api import Role
from portal.core.actor import Actor
from portal.core.dates import now_jst, remaining_phrase
from portal.home.api import Panel

_MOST = 6


def owed(actor: Actor) -> Mapping[str, Any] | None:
    found = duties(actor, Award.objects.for_user(actor))
    rows = sorted(
        (one for one in found if one.is_open and not one.is_waiting), key=lambda one: one.due_on
    )
    now = now_jst()
    shown = [(one, remaining_phrase(one.due_on, now)) for one in rows[:_MOST]]
    return {"rows": shown} if shown else None


PANELS = (Panel("income", frozenset({Role.DRAFTER}), "home/panels/income.html", owed, "main", 9),)
