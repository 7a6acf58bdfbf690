from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.access.api import CABINET_OFFICE, OrganisationKind, Role
from portal.core.actor import Actor


class OrganisationQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> OrganisationQuerySet:
        """The system administrator and the Cabinet Office see all; everyone else their own."""
        if actor.is_system or actor.role in CABINET_OFFICE | {Role.SYSTEM_ADMIN}:
            return self
        return self.filter(pk=actor.organisation_id)

    def prefectures(self) -> OrganisationQuerySet:
        return self.filter(kind=OrganisationKind.PREFECTURE).order_by("prefecture_id")

    def cabinet_office(self) -> OrganisationQuerySet:
        return self.filter(kind=OrganisationKind.CABINET_OFFICE)


class MembershipQuerySet(models.QuerySet[Any]):
    def in_force(self) -> MembershipQuerySet:
        """Today lies between first and last day."""
        today = timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)

    def for_user(self, actor: Actor) -> MembershipQuerySet:
        if actor.is_system or actor.role == Role.SYSTEM_ADMIN:
            return self
        return self.filter(organisation_id=actor.organisation_id)


class InvitationQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> InvitationQuerySet:
        if actor.is_system or actor.role == Role.SYSTEM_ADMIN:
            return self
        return self.filter(organisation_id=actor.organisation_id)

    def open(self) -> InvitationQuerySet:
        return self.filter(accepted_at=None, expires_at__gt=timezone.now())
