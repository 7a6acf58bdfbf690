"""What findings add to the page of their visit, and what they hold against its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inspections.visits.api import Visit
from portal.access.api import decide
from portal.core.actor import Actor

from .models import Finding


def of_visit(visit: Visit, actor: Actor) -> Mapping[str, Any]:
    found = Finding.objects.for_user(actor).filter(visit=visit).for_lists()
    return {
        "findings": list(found.order_by("number")),
        "may_write": bool(decide(actor, "findings.write", visit)),
    }


def all_settled(visit: Visit, actor: Actor) -> Iterator[str]:
    left = Finding.objects.filter(visit=visit).unsettled().count()
    if left:
        yield f"終結していない指摘が{left}件あります。"
