from __future__ import annotations

from typing import Any

from django.db import models

from grants.changes.api import StatementQuerySet


class ReportQuerySet(StatementQuerySet):
    def confirmed(self) -> ReportQuerySet:
        return self.filter(filing__state="accepted")

    def says_less(self) -> ReportQuerySet:
        """Corrected ones that lower what goes back, and of which nothing was decided yet."""
        return self.filter(difference__lt=0, lessening=None)


class RowQuerySet(models.QuerySet[Any]):
    def confirmed(self) -> RowQuerySet:
        """Figures that are in: of reports that the Cabinet Office confirmed."""
        return self.filter(is_reported=True, report__filing__state="accepted")

    def reported(self) -> RowQuerySet:
        """Those that the report is about; the others wait for their figure."""
        return self.filter(is_reported=True)
