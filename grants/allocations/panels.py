"""What a 内示 puts on the home page of its body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.access.api import PREFECTURE
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import Promise


def standing_promises(actor: Actor) -> Mapping[str, Any] | None:
    """Those that no decision followed yet."""
    found = list(
        Promise.objects.for_user(actor)
        .standing()
        .select_related("programme", "grantee")
        .order_by("-issued_on", "round_number")[:5]
    )
    return {"promises": found} if found else None


PANELS = (Panel("promises", PREFECTURE, "home/panels/promises.html", standing_promises, "main", 7),)
