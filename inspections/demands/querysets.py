from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor

from .states import OWED, DemandState, ExtensionState, ReportState


class DemandQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> DemandQuerySet:
        """The Cabinet Office's: a prefecture sees its own report, never who else was asked."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        return self.none()

    def with_counts(self) -> DemandQuerySet:
        return self.annotate(
            asked=Count("reports"),
            owed=Count("reports", filter=Q(reports__state__in=OWED)),
            unread=Count("reports", filter=Q(reports__state=ReportState.ANSWERED)),
        )


class ReportQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ReportQuerySet:
        """A prefecture's own, which exist once the demand is issued."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()

    def owed(self) -> ReportQuerySet:
        return self.filter(state__in=OWED, demand__state=DemandState.ISSUED)

    def for_lists(self) -> ReportQuerySet:
        """With the demand, the body, and whether more time is being asked for."""
        waiting = self.model.extensions.rel.related_model.objects.filter(
            report=OuterRef("pk"), state=ExtensionState.ASKED
        )
        return self.select_related("demand__programme", "grantee").annotate(
            asks_for_time=Exists(waiting)
        )


class ExtensionQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ExtensionQuerySet:
        """Seen by whoever sees the report."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(report__grantee_id=actor.organisation_id)
        return self.none()

    def waiting(self) -> ExtensionQuerySet:
        return self.filter(state=ExtensionState.ASKED)
