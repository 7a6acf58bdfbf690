from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Q

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor

from .states import KNOWN_TO_BODY, Authority, ItemResult


class VisitQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> VisitQuerySet:
        """The Cabinet Office's; a body's own from the notice on, or once it was held."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(award__grantee_id=actor.organisation_id, state__in=KNOWN_TO_BODY)
        return self.none()

    def for_lists(self) -> VisitQuerySet:
        return self.select_related("award__grantee", "award__programme", "contract__contractor")

    def with_counts(self) -> VisitQuerySet:
        return self.annotate(
            examined=Count("items", distinct=True),
            found=Count("items", filter=Q(items__result=ItemResult.FOUND), distinct=True),
        )

    def own(self) -> VisitQuerySet:
        """The Cabinet Office's, without what other authorities inspected."""
        return self.filter(authority=Authority.CABINET_OFFICE)

    def inspected_by(self, actor: Actor) -> VisitQuerySet:
        """By this human being, whatever role they act in now."""
        return self.filter(team__user_id=actor.user_id)
