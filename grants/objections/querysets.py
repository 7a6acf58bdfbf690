from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Case, F, When

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor

from .states import ENDED, ObjectionState


class ObjectionQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> ObjectionQuerySet:
        """A body's own; the Cabinet Office's once they were filed."""
        if actor.is_system:
            return self
        if actor.role in CABINET_OFFICE:
            return self.filter(filed_at__isnull=False)
        if actor.role in PREFECTURE:
            return self.filter(grantee_id=actor.organisation_id)
        return self.none()

    def for_lists(self) -> ObjectionQuerySet:
        return self.select_related("grantee", "programme")

    def on_act(self, kind: str, pk: UUID) -> ObjectionQuerySet:
        return self.filter(act_kind=kind, act_id=pk)

    def standing(self) -> ObjectionQuerySet:
        return self.exclude(state=ObjectionState.WITHDRAWN)

    def under_way(self) -> ObjectionQuerySet:
        return self.exclude(state__in=ENDED)

    def ended_last(self) -> ObjectionQuerySet:
        """Those under way first, the oldest first."""
        is_ended = Case(When(state__in=ENDED, then=1), default=0)
        return self.order_by(is_ended, F("filed_at").asc(nulls_first=True), "id")
