"""What visits put on the home pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.access.api import PREFECTURE
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import Visit
from .policy import INSPECTORS, ISSUERS
from .states import VisitState


def under_way(actor: Actor) -> Mapping[str, Any] | None:
    """Not closed yet, the soonest first."""
    found = Visit.objects.for_user(actor).exclude(state=VisitState.CLOSED).for_lists()
    visits = list(found.order_by("planned_on", "id")[:10])
    return {"visits": visits} if visits else None


PANELS = (
    Panel(
        "visits_under_way",
        PREFECTURE | INSPECTORS | ISSUERS,
        "home/panels/visits_under_way.html",
        under_way,
        "side",
        13,
    ),
)
