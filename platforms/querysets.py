from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.access.api import CABINET_OFFICE, PREFECTURE, Role
from portal.core.actor import Actor
from portal.core.text import search_key

from .matching import name_key
from .states import Audience, ProposalState, Side


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
        """`public_members`, `private_members`, `meeting_count` and `last_meeting` of those held so far; one query."""
        members = self._rows("members").filter(MemberQuerySet.active_on(on))
        meetings = self._rows("meetings").filter(held_on__lte=timezone.localdate())
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


class ProposalQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ProposalQuerySet:
        """The prefecture and the Cabinet Office all; a body that takes part its own."""
        if actor.role == Role.MEMBER:
            return self.filter(member__organisation_id=actor.organisation_id)
        return self.filter(scope(actor, "platform__"))

    def waiting(self) -> ProposalQuerySet:
        return self.filter(state=ProposalState.PROPOSED)


class ListingQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ListingQuerySet:
        """The Cabinet Office all, a prefecture its own and what others show to it."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role not in PREFECTURE:
            return self.none()
        own = Q(platform__owner_id=actor.organisation_id)
        return self.filter(own | Q(audience__in=(Audience.PREFECTURES, Audience.PUBLIC)))

    def public(self) -> ListingQuerySet:
        return self.filter(audience=Audience.PUBLIC)

    def in_order(self) -> ListingQuerySet:
        joined = self.select_related("platform__owner__prefecture")
        return joined.order_by("platform__owner__prefecture_id", "platform__name", "pk")


class CouncilQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> CouncilQuerySet:
        """Its prefecture and the Cabinet Office."""
        return self.filter(_of_council(actor, ""))

    def with_counts(self) -> CouncilQuerySet:
        """`body_count` and `oath_count` of today, in one query."""
        bodies = apps.get_model("platforms", "CouncilBody")._default_manager
        oaths = apps.get_model("platforms", "Oath")._default_manager
        here = bodies.filter(council=OuterRef("pk"), left_on=None).order_by()
        sworn = oaths.filter(body__council=OuterRef("pk"), ended_on=None).order_by()
        return self.annotate(
            body_count=_counted(here, "council"), oath_count=_counted(sworn, "body__council")
        )


def _of_council(actor: Actor, path: str) -> models.Q:
    if actor.is_system or actor.role in CABINET_OFFICE:
        return models.Q()
    if actor.role not in PREFECTURE:
        return models.Q(pk__in=[])
    return models.Q(**{f"{path}owner_id": actor.organisation_id})


def _counted(rows: models.QuerySet[Any], by: str) -> Coalesce:
    return Coalesce(Subquery(rows.values(by).annotate(rows=Count("pk")).values("rows")), 0)


class OfCouncilQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> OfCouncilQuerySet:
        return self.filter(_of_council(actor, "council__"))


class OathQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> OathQuerySet:
        """Names of persons are their own prefecture's alone; others see how many there are."""
        if actor.is_system:
            return self
        if actor.role not in PREFECTURE:
            return self.none()
        return self.filter(body__council__owner_id=actor.organisation_id)
