from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


class ReportQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ReportQuerySet:
        """The Cabinet Office finds a report that was filed, and reads its sealed versions: as it is
        typed it is its own prefecture's affair, and no action shows it to anybody else.
        """
        if actor.is_system:
            return self
        if actor.role in CABINET_OFFICE:
            return self.exclude(filing__first_submitted_at=None)
        if actor.role in PREFECTURE:
            return self.filter(filing__grantee_id=actor.organisation_id)
        return self.none()

    def expecting_awards(self) -> set[UUID]:
        """Ids of the awards whose report still expects to pay; one query."""
        return set(
            self.filter(parts__lines__expected__gt=0).values_list("award_id", flat=True).distinct()
        )


class PartQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PartQuerySet:
        if actor.is_system:
            return self
        if actor.role in PREFECTURE:
            return self.filter(report__filing__grantee_id=actor.organisation_id)
        return self.none()


class SettlementQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> SettlementQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(award__grantee_id=actor.organisation_id)
        return self.none()
