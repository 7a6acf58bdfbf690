"""What stands against a person of the Cabinet Office acting on a filing."""

from __future__ import annotations

from collections.abc import Iterator

from grants.filings.api import Filing
from portal.core.actor import Actor

from .models import Conflict


def no_conflict(filing: Filing, actor: Actor) -> Iterator[str]:
    """適正化法24条の趣旨: whoever has declared a conflict with the body leaves it to others."""
    declared = Conflict.objects.standing().filter(
        user_id=actor.user_id, grantee_id=filing.grantee_id
    )
    if actor.user_id is not None and declared.exists():
        yield (f"{filing.grantee.name}との利害関係を申し出ています。ほかの人に割り当ててください。")
