from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.access.api import CABINET_OFFICE, Role
from portal.core.actor import Actor
from portal.core.text import search_key

from .matching import name_key
from .states import Side


def scope(actor: Actor, to_platform: str = "", own_only: bool = False) -> models.Q:
    """The prefecture that keeps the platform, the Cabinet Office, bodies with an account in it.

    `to_platform` leads from the row to its platform («platform__»); with `own_only` the row is of
    the prefecture's own work, and bodies that take part do not see it.
    """
    if actor.is_system or actor.role in CABINET_OFFICE:
        return models.Q()
    if actor.role == Role.MEMBER:
        if own_only:
            return models.Q(pk__in=[])
        taking_part = apps.get_model("platforms", "Member")._default_manager.filter(
            MemberQuerySet.active_on(timezone.localdate()), organisation_id=actor.organisation_id
        )
        return models.Q(**{f"{to_platform}pk__in": taking_part.values("platform_id")})
    return models.Q(**{f"{to_platform}owner_id": actor.organisation_id})


class PlatformQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PlatformQuerySet:
        """The prefecture that set it up, the Cabinet Office, and bodies with an account in it."""
        return self.filter(scope(actor))

    def of_owner(self, organisation_id: Any) -> PlatformQuerySet:
        return self.filter(owner_id=organisation_id).order_by("name", "pk")

    def with_figures(self, on: date) -> PlatformQuerySet:
        """`public_members`, `private_members`, `meeting_count` and `last_meeting`, in one query."""
        members = self._rows("members").filter(MemberQuerySet.active_on(on))
        meetings = self._rows("meetings").filter(held_on__lte=on)
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


class OfPlatformQuerySet(models.QuerySet[Any]):
    """Rows of the prefecture's own work on a platform: not for the bodies that take part."""

    def for_user(self, actor: Actor) -> OfPlatformQuerySet:
        return self.filter(scope(actor, "platform__", own_only=True))


class MemberQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> MemberQuerySet:
        return self.filter(scope(actor, "platform__"))

    @staticmethod
    def active_on(on: date) -> models.Q:
        """Joined, and not left before this day."""
        return Q(joined_on__lte=on) & (Q(left_on=None) | Q(left_on__gte=on))

    def active(self, on: date) -> MemberQuerySet:
        return self.filter(self.active_on(on))

    def by_name(self) -> MemberQuerySet:
        return self.order_by("name", "joined_on", "pk")

    def called(self, words: str) -> MemberQuerySet:
        """By any writing of the name, by what it does, or by 法人番号."""
        return self.filter(
            Q(name_key__contains=name_key(words))
            | Q(field__icontains=words)
            | Q(corporate_number=search_key(words))
        )


class MeetingQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> MeetingQuerySet:
        return self.filter(scope(actor, "platform__"))

    def newest_first(self) -> MeetingQuerySet:
        return self.order_by("-held_on", "-number")


class OfMeetingQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> OfMeetingQuerySet:
        return self.filter(scope(actor, "meeting__platform__"))


class AgendaItemQuerySet(OfMeetingQuerySet):
    def of_owner(self, organisation_id: Any) -> AgendaItemQuerySet:
        """What was talked about, newest first; what is still to be is no ground for a plan."""
        return (
            self.filter(
                meeting__platform__owner_id=organisation_id,
                meeting__held_on__lte=timezone.localdate(),
            )
            .select_related("meeting", "meeting__platform")
            .order_by("-meeting__held_on", "order")
        )
