from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef

from platforms.api import AgendaItem
from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


def agenda_with_citations(grantee_id: Any) -> models.QuerySet[AgendaItem]:
    """Every item with `activity_ids` and `revision_ids`: what of any year is grounded on it."""
    plans = apps.get_app_config("plans")
    activities = plans.get_model("PlannedActivity").discussions.through.objects
    revisions = plans.get_model("PlanRevision").platform_discussions.through.objects
    here = {"agendaitem_id": OuterRef("pk")}
    items: models.QuerySet[AgendaItem] = AgendaItem.objects.of_owner(grantee_id).annotate(
        activity_ids=ArraySubquery(activities.filter(**here).values("plannedactivity_id")),
        revision_ids=ArraySubquery(revisions.filter(**here).values("planrevision_id")),
    )
    return items


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
        joined = self.select_related("plan__programme", "plan__grantee__prefecture")
        return joined.prefetch_related(*self.parts())

    def with_last_year(self) -> RevisionQuerySet:
        """With the revision it was copied from; `content.gather()` reads the rows of both."""
        return self.select_related(
            "plan__programme",
            "plan__grantee__prefecture",
            "based_on__plan__programme",
            "based_on__filing",
            "filing__programme",
        )

    def parts(self) -> tuple[Any, ...]:
        """What `with_everything()` reads beside the revision's own row: a query each."""
        sections = self.model._meta.get_field("sections").related_model.objects
        return (
            "activities__indicators",
            "lines",
            "incomes",
            models.Prefetch("sections", sections.select_related("saved_by")),
        )


class UploadQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> UploadQuerySet:
        """Drafts, like the revision that they are for."""
        if actor.is_system:
            return self
        if actor.role in PREFECTURE:
            return self.filter(revision__plan__grantee_id=actor.organisation_id)
        return self.none()


class PlanQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> PlanQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()
