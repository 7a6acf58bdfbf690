"""What the register puts on the home page: an inventory that is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.access.api import Role
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import Asset
from .register import rows_of

_MOST = 5


def overdue(actor: Actor) -> Mapping[str, Any] | None:
    rows = [row for row in rows_of(Asset.objects.for_user(actor).held()) if row.is_overdue]
    return {"rows": rows[:_MOST], "count": len(rows)} if rows else None


PANELS = (
    Panel(
        "properties", frozenset({Role.DRAFTER}), "home/panels/properties.html", overdue, "main", 10
    ),
)
