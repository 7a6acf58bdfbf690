"""What sampling adds to the page of a visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspections.visits.api import Visit
from portal.access.api import decide
from portal.core.actor import Actor

from .models import Draw


def of_visit(visit: Visit, actor: Actor) -> Mapping[str, Any]:
    found = Draw.objects.for_user(actor).filter(visit=visit)
    return {
        "draws": list(found.order_by("number")),
        "may_draw": bool(decide(actor, "sampling.draw", visit)),
    }
