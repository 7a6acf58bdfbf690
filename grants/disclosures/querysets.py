from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, F, When

from portal.core.actor import Actor

from .states import OWED, READERS


class RequestQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> RequestQuerySet:
        """Of those who work on requests, and of auditors: who asked is nobody else's to know."""
        if actor.is_system or actor.role in READERS:
            return self
        return self.none()

    def for_lists(self) -> RequestQuerySet:
        return self.select_related("award__grantee", "award__programme", "award__decision")

    def owed_first(self) -> RequestQuerySet:
        is_done = Case(When(state__in=OWED, then=0), default=1)
        return self.order_by(is_done, F("due_on").asc(), "id")


class BundleQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> BundleQuerySet:
        """Seen with the request that it belongs to."""
        if actor.is_system or actor.role in READERS:
            return self
        return self.none()

    def for_pages(self) -> BundleQuerySet:
        return self.select_related("request__award__grantee", "request__award__programme")
