from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Sum

from portal.access.api import CABINET_OFFICE, PREFECTURE
from portal.core.actor import Actor


class AssetQuerySet(models.QuerySet[Any]):
    def for_user(self, actor: Actor) -> AssetQuerySet:
        if actor.is_system or actor.role in CABINET_OFFICE:
            return self
        if actor.role in PREFECTURE:
            return self.filter(award__grantee_id=actor.organisation_id)
        return self.none()

    def held(self) -> AssetQuerySet:
        return self.filter(state="in_hand")

    def registered(self) -> AssetQuerySet:
        """Those that were bought, whatever became of them; not what was written by mistake."""
        return self.exclude(state="struck")

    def total(self) -> int:
        """Yen."""
        return int(self.aggregate(total=Sum("amount"))["total"] or 0)

    def for_lists(self) -> AssetQuerySet:
        """Four queries: with year, body, checks and requests."""
        return self.select_related(
            "award__programme", "award__grantee", "contract__contractor"
        ).prefetch_related("checks", "requests__filing")


class CheckQuerySet(models.QuerySet[Any]):
    def of_year(self, fiscal_year: int) -> CheckQuerySet:
        return self.filter(fiscal_year=fiscal_year)
