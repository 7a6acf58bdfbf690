from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Sum

from portal.access.api import CABINET_OFFICE, PREFECTURE, Role, opened
from portal.core.actor import Actor


class AwardQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> AwardQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        if actor.role == Role.READER:
            return self.filter(opened(actor, "grantee_id", "programme_id"))
        return self.none()

    def in_force(self) -> AwardQuerySet:
        return self.filter(state="in_force")

    def total(self) -> int:
        """Yen."""
        return int(self.aggregate(total=Sum("amount"))["total"] or 0)


class DecisionQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> DecisionQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(filing__grantee_id=actor.organisation_id)
        if actor.role == Role.READER:
            return self.filter(opened(actor, "filing__grantee_id", "filing__programme_id"))
        return self.none()


class AmendmentQuerySet(models.QuerySet[Any]):
    def standing(self) -> AmendmentQuerySet:
        return self.filter(undone_at=None)
