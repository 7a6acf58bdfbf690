"""What sampling adds to the page of a visit, and to its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspections.visits.api import Drawing, DrawnLine, Visit
from portal.access.api import decide
from portal.core.actor import Actor

from .models import Draw


def of_visit(visit: Visit, actor: Actor) -> Mapping[str, Any]:
    found = Draw.objects.for_user(actor).filter(visit=visit)
    return {
        "draws": list(found.order_by("number")),
        "may_draw": bool(decide(actor, "sampling.draw", visit)),
    }


def for_record(visit: Visit) -> Drawing | None:
    """The last sample: an earlier one stays to be read, but is not what is looked at."""
    made = Draw.objects.filter(visit=visit).order_by("-number").first()
    if made is None:
        return None
    known = {key: (words, amount) for key, words, amount in made.content["lines"]}
    drawn = (DrawnLine(key, known[key][0][:200], known[key][1]) for key in made.content["drawn"])
    return Drawing(made.method, tuple(drawn))
