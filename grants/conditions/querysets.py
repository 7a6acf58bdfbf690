from __future__ import annotations

from grants.changes.api import StatementQuerySet


class ReportQuerySet(StatementQuerySet):
    def confirmed(self) -> ReportQuerySet:
        return self.filter(filing__state="accepted")

    def says_less(self) -> ReportQuerySet:
        """Corrected ones that lower what goes back, and of which nothing was decided yet."""
        return self.filter(difference__lt=0, lessening=None)
