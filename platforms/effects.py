"""What a transition of a proposal does to other rows, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from portal.core.actor import Actor
from portal.core.problems import Refused

from .models import AgendaItem, AgendaProposal, Platform

Data = Mapping[str, Any]


def coming_meetings(platform: Platform) -> Any:
    """Those that can still take an item, the nearest first."""
    return platform.meetings.filter(held_on__gte=timezone.localdate()).order_by("held_on", "number")


def take(proposal: AgendaProposal, actor: Actor, data: Data) -> None:
    """Becomes the last item of the chosen meeting, under the name of who proposed it."""
    chosen = coming_meetings(proposal.platform).select_for_update().filter(pk=data["meeting"])
    meeting = chosen.first()
    if meeting is None:
        raise Refused(["選んだ会議は、もう議題を加えられません。会議を選び直してください。"])
    last = meeting.agenda_items.aggregate(last=Max("order"))["last"] or 0
    proposal.agenda_item = AgendaItem.objects.create(
        meeting=meeting,
        order=last + 1,
        title=proposal.title,
        proposed_by=proposal.member.name,
        member=proposal.member,
        proposer_side=proposal.member.side,
    )
    meeting.version += 1
    meeting.save(update_fields=["version"])
    data["_said"]["会議"] = str(meeting)


def decline(proposal: AgendaProposal, actor: Actor, data: Data) -> None:
    proposal.answer = data["reason"]
    data["_said"]["理由"] = data["reason"]
