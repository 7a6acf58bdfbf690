"""What was handed over to the actor, and that a predecessor only reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from portal.accounts.api import Handover
from portal.core.actor import Actor

# A successor reads the note for as long as the new office is new.
_SHOWN_DAYS = 90


def handover(actor: Actor) -> Mapping[str, Any] | None:
    today = timezone.localdate()
    known = Handover.objects.for_user(actor).effective_on(today).for_lists()
    received = [
        one
        for one in known.filter(successor__user_id=actor.user_id, successor__role=actor.role)
        if (today - one.effective_on).days <= _SHOWN_DAYS
    ]
    given = None
    if actor.reads_only:
        given = known.filter(membership__user_id=actor.user_id, membership__role=actor.role).first()
    if not received and given is None:
        return None
    return {
        "received": received,
        "is_predecessor": given is not None,
        "successor": given.successor.user.name if given else "",
    }
