from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE
from portal.core.actor import Actor

from .states import ContractState

_SHARED = (ContractState.IN_FORCE, ContractState.ENDED)


class ContractorQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ContractorQuerySet:
        """A prefecture's own. The same body in another prefecture is another contractor."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()

    def for_lists(self) -> ContractorQuerySet:
        return self.select_related("grantee", "organisation").prefetch_related(
            "checks", "contracts__award__programme"
        )


class ContractQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ContractQuerySet:
        """A prefecture's own; concluded ones to the Cabinet Office and to the people on them."""
        if actor.is_system:
            return self
        if actor.role in CABINET_OFFICE:
            return self.filter(state__in=_SHARED)
        if actor.role in PREFECTURE:
            return self.filter(contractor__grantee_id=actor.organisation_id)
        if actor.role in CONTRACTOR:
            return self.filter(
                Exists(people_of(actor).filter(contract=OuterRef("pk"))), state__in=_SHARED
            )
        return self.none()

    def in_force(self) -> ContractQuerySet:
        return self.filter(state=ContractState.IN_FORCE)

    def concluded(self) -> ContractQuerySet:
        return self.filter(state__in=_SHARED)

    def covering(self, day: date) -> ContractQuerySet:
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def for_lists(self) -> ContractQuerySet:
        return self.select_related(
            "contractor__grantee", "contractor__organisation", "award__programme", "award__decision"
        ).prefetch_related("activities")


class ContractPersonQuerySet(models.QuerySet[Any]):
    def of(self, actor: Actor) -> ContractPersonQuerySet:
        """This human being, on contracts of the body for which they act now."""
        return self.filter(
            Q(user_id=actor.user_id) | Q(invitation__accepted_by_id=actor.user_id),
            contract__contractor__organisation_id=actor.organisation_id,
        )

    def joined(self) -> ContractPersonQuerySet:
        return self.exclude(user=None, invitation__accepted_by=None)

    def waiting(self) -> ContractPersonQuerySet:
        return self.filter(
            user=None, invitation__accepted_at=None, invitation__expires_at__gt=timezone.now()
        )


def people_of(actor: Actor) -> ContractPersonQuerySet:
    """The rows that let this actor see a contract, for EXISTS; an actor without a person has none."""
    found: ContractPersonQuerySet = apps.get_model("contractors", "ContractPerson").objects.of(
        actor
    )
    return found
