"""What the office's money puts on the home pages: claims that wait for their payment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.claims.api import Claim
from portal.access.api import Role
from portal.core.actor import Actor
from portal.home.api import Panel

_MOST = 6


def to_pay(actor: Actor) -> Mapping[str, Any] | None:
    found = Claim.objects.for_user(actor).to_pay().select_related("filing__grantee")
    rows = list(found.order_by("filing__submitted_at")[: _MOST + 1])
    return {"claims": rows[:_MOST], "has_more": len(rows) > _MOST} if rows else None


PANELS = (
    Panel("claims_to_pay", frozenset({Role.DECIDER}), "home/panels/claims_to_pay.html", to_pay),
)
