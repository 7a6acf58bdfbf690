"""Questions about the reference data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import Municipality, Prefecture  # noqa: F401  the base class below names it


class PrefectureQuerySet(models.QuerySet["Prefecture"]):
    def by_region(self) -> dict[str, list[Prefecture]]:
        """The regions from north to south, each with its prefectures."""
        regions: dict[str, list[Prefecture]] = {}
        for prefecture in self.order_by("code"):
            regions.setdefault(prefecture.region, []).append(prefecture)
        return regions


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def within(self, prefecture: str) -> MunicipalityQuerySet:
        """Those of the prefecture with this two-digit code."""
        return self.filter(prefecture_id=prefecture)

    def names_by_code(self) -> dict[str, str]:
        return dict(self.values_list("code", "name"))
