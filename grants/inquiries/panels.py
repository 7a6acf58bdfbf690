"""What inquiries put on the home pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.access.api import PREFECTURE
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import Inquiry, Reply
from .policy import ASKERS
from .states import InquiryState


def owed(actor: Actor) -> Mapping[str, Any] | None:
    """What the body has been asked and has not answered, the soonest due first."""
    found = Reply.objects.for_user(actor).owed().for_lists()
    replies = list(found.order_by("inquiry__due_at", "id")[:20])
    return {"replies": replies} if replies else None


def asked(actor: Actor) -> Mapping[str, Any] | None:
    """Open inquiries with how many answered."""
    found = Inquiry.objects.for_user(actor).filter(state=InquiryState.OPEN).with_counts()
    inquiries = list(found.order_by("due_at", "id")[:10])
    return {"inquiries": inquiries} if inquiries else None


PANELS = (
    Panel("inquiries_owed", PREFECTURE, "home/panels/inquiries_owed.html", owed, "main", 8),
    Panel("inquiries_asked", ASKERS, "home/panels/inquiries_asked.html", asked, "side", 15),
)
