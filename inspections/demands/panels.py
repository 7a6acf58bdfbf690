"""What demands put on the home pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.access.api import PREFECTURE
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import Demand, Report
from .policy import ISSUERS, WRITERS
from .states import DemandState


def owed(actor: Actor) -> Mapping[str, Any] | None:
    """What the body must report, the soonest due first."""
    found = Report.objects.for_user(actor).owed().for_lists()
    reports = list(found.order_by("due_on", "id")[:20])
    return {"reports": reports} if reports else None


def issued(actor: Actor) -> Mapping[str, Any] | None:
    """Demands under way with how many reported, and drafts that wait for the issue."""
    found = Demand.objects.for_user(actor).exclude(state=DemandState.CLOSED).with_counts()
    demands = list(found.order_by("due_on", "id")[:10])
    return {"demands": demands} if demands else None


PANELS = (
    Panel("demands_owed", PREFECTURE, "home/panels/demands_owed.html", owed, "main", 6),
    Panel(
        "demands_issued",
        WRITERS | ISSUERS,
        "home/panels/demands_issued.html",
        issued,
        "side",
        12,
    ),
)
