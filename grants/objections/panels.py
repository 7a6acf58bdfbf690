"""What objections put on the home pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.access.api import Role
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import Objection


def under_way(actor: Actor) -> Mapping[str, Any] | None:
    found = Objection.objects.for_user(actor).under_way().for_lists().ended_last()
    objections = list(found[:10])
    return {"objections": objections} if objections else None


PANELS = (
    Panel(
        "objections_under_way",
        frozenset({Role.DRAFTER, Role.APPROVER, Role.REVIEWER, Role.DECIDER}),
        "home/panels/objections_under_way.html",
        under_way,
        "main",
        7,
    ),
)
