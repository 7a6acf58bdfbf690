from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from portal.access.api import CABINET_OFFICE
from portal.core.actor import Actor

from .states import Side


def _scope(actor: Actor, path: str) -> models.Q:
    if actor.is_system or actor.role in CABINET_OFFICE:
        return models.Q()
    return models.Q(**{path: actor.organisation_id})


class PlatformQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PlatformQuerySet:
        """The prefecture that set it up, and the Cabinet Office."""
        return self.filter(_scope(actor, "owner_id"))

    def of_owner(self, organisation_id: Any) -> PlatformQuerySet:
        return self.filter(owner_id=organisation_id).order_by("name", "pk")

    def with_figures(self, on: date) -> PlatformQuerySet:
        """`public_members`, `private_members`, `meeting_count` and `last_meeting`, in one query."""
        members = self._rows("members").filter(MemberQuerySet.active_on(on))
        meetings = self._rows("meetings")
        return self.annotate(
            public_members=_count(members.filter(side=Side.PUBLIC)),
            private_members=_count(members.filter(side=Side.PRIVATE)),
            meeting_count=_count(meetings),
            last_meeting=Subquery(meetings.order_by("-held_on").values("held_on")[:1]),
        )

    def _rows(self, name: str) -> models.QuerySet[Any]:
        related: type[models.Model] = self.model._meta.get_field(name).related_model
        return related._default_manager.filter(platform=OuterRef("pk")).order_by()


def _count(rows: models.QuerySet[Any]) -> Coalesce:
    counted = rows.values("platform").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted), 0)


class MemberQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> MemberQuerySet:
        return self.filter(_scope(actor, "platform__owner_id"))

    @staticmethod
    def active_on(on: date) -> models.Q:
        """Joined, and not left before this day."""
        return Q(joined_on__lte=on) & (Q(left_on=None) | Q(left_on__gte=on))

    def by_name(self) -> MemberQuerySet:
        return self.order_by("name", "joined_on", "pk")


class MeetingQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> MeetingQuerySet:
        return self.filter(_scope(actor, "platform__owner_id"))

    def newest_first(self) -> MeetingQuerySet:
        return self.order_by("-held_on", "-number")


class AgendaItemQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> AgendaItemQuerySet:
        return self.filter(_scope(actor, "meeting__platform__owner_id"))

    def of_owner(self, organisation_id: Any) -> AgendaItemQuerySet:
        return (
            self.filter(meeting__platform__owner_id=organisation_id)
            .select_related("meeting", "meeting__platform")
            .order_by("-meeting__held_on", "order")
        )
