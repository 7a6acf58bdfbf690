from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.access.api import CABINET_OFFICE, OrganisationKind, Role
from portal.core.actor import Actor


class OrganisationQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> OrganisationQuerySet:
        """The system administrator and the Cabinet Office see all; everyone else their own."""
        if actor.is_system or actor.role in CABINET_OFFICE | {Role.SYSTEM_ADMIN}:
            return self
        return self.filter(pk=actor.organisation_id)

    def without_manager(self) -> OrganisationQuerySet:
        """Prefectures in which nobody looks after the people any more."""
        memberships = self.model.memberships.rel.related_model.objects
        managers = memberships.acting().filter(
            organisation=OuterRef("pk"), role=Role.PREFECTURE_ADMIN
        )
        return self.prefectures().exclude(Exists(managers))

    def prefectures(self) -> OrganisationQuerySet:
        return self.filter(kind=OrganisationKind.PREFECTURE).order_by("prefecture_id")

    def cabinet_office(self) -> OrganisationQuerySet:
        return self.filter(kind=OrganisationKind.CABINET_OFFICE)


class MembershipQuerySet(models.QuerySet[Any]):
    def in_force(self) -> MembershipQuerySet:
        """Today lies between first and last day."""
        return self.in_force_on(timezone.localdate())

    def in_force_on(self, day: date) -> MembershipQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def acting_on(self, day: date) -> MembershipQuerySet:
        """In force and not handed over: whoever may change something."""
        return self.in_force_on(day).filter(Q(reads_only_from=None) | Q(reads_only_from__gt=day))

    def acting(self) -> MembershipQuerySet:
        return self.acting_on(timezone.localdate())

    def for_user(self, actor: Actor) -> MembershipQuerySet:
        if actor.is_system or actor.role == Role.SYSTEM_ADMIN:
            return self
        return self.filter(organisation_id=actor.organisation_id)

    def absent_on(self, day: date) -> MembershipQuerySet:
        return self.filter(Exists(self._absences(day)))

    def present_on(self, day: date) -> MembershipQuerySet:
        """In force on that day and not away."""
        return self.in_force_on(day).exclude(Exists(self._absences(day)))

    def standing_in_for(self, membership: Any, day: date) -> MembershipQuerySet:
        """Who acts in the place of this one on that day; nobody when nobody was named."""
        away = self._rows_of_absence().on(day).filter(membership=membership, deputy=OuterRef("pk"))
        return self.in_force_on(day).filter(Exists(away))

    def represented_by(self, membership: Any, day: date) -> MembershipQuerySet:
        """Those in whose place this one acts on that day."""
        return self.filter(Exists(self._absences(day).filter(deputy=membership)))

    def _absences(self, day: date) -> AbsenceQuerySet:
        return self._rows_of_absence().on(day).filter(membership=OuterRef("pk"))

    def _rows_of_absence(self) -> AbsenceQuerySet:
        return self.model.absences.rel.related_model.objects.all()


class AbsenceQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> AbsenceQuerySet:
        """Those of one's own organisation: whoever shares the work must know who is away."""
        if actor.is_system:
            return self
        return self.filter(membership__organisation_id=actor.organisation_id)

    def standing(self) -> AbsenceQuerySet:
        return self.filter(cancelled_at=None)

    def between(self, first: date, last: date) -> AbsenceQuerySet:
        """Standing ones that share at least one day with this period."""
        return self.standing().filter(starts_on__lte=last, ends_on__gte=first)

    def on(self, day: date) -> AbsenceQuerySet:
        return self.between(day, day)

    def not_over(self, today: date) -> AbsenceQuerySet:
        return self.standing().filter(ends_on__gte=today)

    def for_lists(self) -> AbsenceQuerySet:
        return self.select_related("membership__user", "membership__organisation", "deputy__user")


class HandoverQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> HandoverQuerySet:
        if actor.is_system:
            return self
        return self.filter(membership__organisation_id=actor.organisation_id)

    def standing(self) -> HandoverQuerySet:
        return self.filter(cancelled_at=None)

    def effective_on(self, day: date) -> HandoverQuerySet:
        return self.standing().filter(effective_on__lte=day)

    def for_lists(self) -> HandoverQuerySet:
        return self.select_related(
            "membership__user", "membership__organisation", "successor__user"
        )


class ReopeningQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ReopeningQuerySet:
        """Those who look after accounts and after the programme: two people are needed."""
        if actor.is_system or actor.role in (Role.SYSTEM_ADMIN, Role.PROGRAMME_MANAGER):
            return self
        return self.none()

    def waiting(self) -> ReopeningQuerySet:
        return self.filter(confirmed_at=None)


class InvitationQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> InvitationQuerySet:
        if actor.is_system or actor.role == Role.SYSTEM_ADMIN:
            return self
        return self.filter(organisation_id=actor.organisation_id)

    def open(self) -> InvitationQuerySet:
        return self.filter(accepted_at=None, expires_at__gt=timezone.now())
