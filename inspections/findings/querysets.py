from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, F, Max, When

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor

from .states import RULED, SETTLED, UPHELD, FindingState


class FindingQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> FindingQuerySet:
        """The Cabinet Office's; a body's own once they were issued to it."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(
                visit__award__grantee_id=actor.organisation_id, issued_on__isnull=False
            )
        return self.none()

    def for_lists(self) -> FindingQuerySet:
        return self.select_related("visit__award__grantee", "visit__award__programme")

    def unsettled(self) -> FindingQuerySet:
        return self.exclude(state__in=SETTLED)

    def upheld(self) -> FindingQuerySet:
        return self.filter(state__in=UPHELD)

    def ruled(self) -> FindingQuerySet:
        return self.filter(state__in=RULED)

    def overdue(self, today: date) -> FindingQuerySet:
        return self.filter(state=FindingState.UPHELD, due_on__lt=today)

    def settled_last(self) -> FindingQuerySet:
        """What is due soonest first; what nobody has to do anything about at the end."""
        is_settled = Case(When(state__in=SETTLED, then=1), default=0)
        return self.order_by(is_settled, F("due_on").asc(nulls_last=True), "visit_id", "number")

    def next_number(self) -> int:
        return (self.aggregate(last=Max("number"))["last"] or 0) + 1
