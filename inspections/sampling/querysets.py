from __future__ import annotations

from typing import Any

from django.db import models

from inspections.visits.api import VisitState
from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


class DrawQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> DrawQuerySet:
        """The Cabinet Office's; the body's own with the results, so that it can draw again."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(
                visit__award__grantee_id=actor.organisation_id,
                visit__state__in=(VisitState.REPORTED, VisitState.CLOSED),
            )
        return self.none()

    def for_pages(self) -> DrawQuerySet:
        return self.select_related("visit__award__grantee", "visit__award__programme")


class TargetQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> TargetQuerySet:
        """The office's own: an unannounced visit is known to nobody before it."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        return self.none()

    def for_pages(self) -> TargetQuerySet:
        return self.select_related("award__grantee", "award__programme", "contract")
