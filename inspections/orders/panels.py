"""What orders put on the home pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspections.visits.api import INSPECTORS, ISSUERS
from portal.access.api import PREFECTURE
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import Order


def unsettled(actor: Actor) -> Mapping[str, Any] | None:
    """Not at its end yet, the soonest due first; what is overdue is marked for both sides."""
    found = Order.objects.for_user(actor).unsettled().for_lists().settled_last()
    orders = list(found[:10])
    return {"orders": orders} if orders else None


PANELS = (
    Panel(
        "orders_unsettled",
        PREFECTURE | INSPECTORS | ISSUERS,
        "home/panels/orders_unsettled.html",
        unsettled,
        "main",
        6,
    ),
)
