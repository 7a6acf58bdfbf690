from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import CABINET_OFFICE
from portal.core.actor import Actor


def _scope(actor: Actor, path: str) -> models.Q:
    if actor.is_system or actor.role in CABINET_OFFICE:
        return models.Q()
    return models.Q(**{path: actor.organisation_id})


class PlatformQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PlatformQuerySet:
        """The prefecture that set it up, and the Cabinet Office."""
        return self.filter(_scope(actor, "owner_id"))


class MeetingQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> MeetingQuerySet:
        return self.filter(_scope(actor, "platform__owner_id"))


class AgendaItemQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> AgendaItemQuerySet:
        return self.filter(_scope(actor, "meeting__platform__owner_id"))

    def of_owner(self, organisation_id: Any) -> AgendaItemQuerySet:
        return (
            self.filter(meeting__platform__owner_id=organisation_id)
            .select_related("meeting", "meeting__platform")
            .order_by("-meeting__held_on", "order")
        )
