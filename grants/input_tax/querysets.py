from __future__ import annotations

from typing import Any

from django.db import models


class RowQuerySet(models.QuerySet[Any]):
    def confirmed(self) -> RowQuerySet:
        """Figures that are in: of reports that the Cabinet Office confirmed."""
        return self.filter(is_reported=True, report__filing__state="accepted")

    def reported(self) -> RowQuerySet:
        """Those that the report is about; the others wait for their figure."""
        return self.filter(is_reported=True)
