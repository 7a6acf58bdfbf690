from __future__ import annotations

from typing import Any

from django.db import models

from platforms.api import AgendaItem
from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


class RevisionQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> RevisionQuerySet:
        """A draft is its own prefecture's affair; the Cabinet Office reads sealed versions."""
        if actor.is_system:
            return self
        if actor.role in PREFECTURE:
            return self.filter(plan__grantee_id=actor.organisation_id)
        return self.none()

    def with_everything(self) -> RevisionQuerySet:
        """All rows of the plan in a fixed number of queries, whatever their number."""
        items = AgendaItem.objects.select_related("meeting")
        sections = self.model._meta.get_field("sections").related_model.objects
        return self.select_related("plan__programme", "plan__grantee__prefecture").prefetch_related(
            "activities__indicators",
            models.Prefetch("activities__discussions", items),
            models.Prefetch("platform_discussions", items),
            "lines",
            "incomes",
            models.Prefetch("sections", sections.select_related("saved_by")),
        )


class PlanQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PlanQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()
