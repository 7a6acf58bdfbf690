from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Sum

from portal.access.api import CABINET_OFFICE
from portal.core.actor import Actor


class OfficeQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> OfficeQuerySet:
        """The office's own accounts: nobody else's affair."""
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        return self.none()


class FundRecordQuerySet(OfficeQuerySet):
    def standing(self) -> FundRecordQuerySet:
        """Those that no later one stands in the place of."""
        return self.filter(corrected_by=None)

    def by_step(self) -> dict[str, int]:
        """Yen of the standing ones. One query."""
        found = self.standing().order_by().values_list("step").annotate(Sum("amount"))
        return {step: int(total) for step, total in found}
