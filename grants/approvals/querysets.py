from __future__ import annotations

from typing import Any

from django.db import models

from portal.access.api import PREFECTURE
from portal.core.actor import Actor


class RouteQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> RouteQuerySet:
        """An office's own affair: nobody else sees how it decides."""
        if actor.is_system:
            return self
        if actor.role in PREFECTURE:
            return self.filter(organisation_id=actor.organisation_id)
        return self.none()

    def in_use(self) -> RouteQuerySet:
        return self.filter(is_retired=False)

    def with_seats(self) -> RouteQuerySet:
        return self.prefetch_related("seats__membership__user")


class CirculationQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> CirculationQuerySet:
        if actor.is_system:
            return self
        if actor.role in PREFECTURE:
            return self.filter(filing__grantee_id=actor.organisation_id)
        return self.none()

    def going_round(self) -> CirculationQuerySet:
        """The newest request of each filing that awaits approval."""
        return self.filter(filing__state="awaiting_approval", is_latest=True)

    def with_stops(self) -> CirculationQuerySet:
        return self.prefetch_related("stops__membership__user", "stops__endorsement")

    def for_lists(self) -> CirculationQuerySet:
        return self.with_stops().select_related("filing__programme", "filing__grantee")
