from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Sum

from .states import Side


class LineQuerySet(models.QuerySet[Any]):
    def incomes(self) -> LineQuerySet:
        return self.filter(side=Side.INCOME)

    def costs(self) -> LineQuerySet:
        return self.filter(side=Side.COST)

    def total(self) -> int:
        """Yen."""
        return int(self.aggregate(total=Sum("amount"))["total"] or 0)
