"""Which months a list shows, read from the address and written back to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import QueryDict

from portal.core.dates import FiscalYear

from .states import WITH_CONTRACTOR, ReportState

# The default first: a year has few months, and who looks for one sees it at once.
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "all": ("すべて", frozenset(ReportState.values)),
    "todo": ("入力するもの", WITH_CONTRACTOR),
    "submitted": ("提出済み", frozenset({ReportState.SUBMITTED})),
    "confirmed": ("確認済み", frozenset({ReportState.CONFIRMED})),
}


@dataclass(frozen=True, slots=True)
class MonthFilter:
    """`year` is the fiscal year of the months, empty for every year."""

    year: str = ""
    group: str = "all"

    @property
    def is_narrowed(self) -> bool:
        return self != MonthFilter()

    def query(self, **changed: str) -> str:
        """The address that shows this, without what is the default."""
        return urlencode({k: v for k, v in asdict(replace(self, **changed)).items() if v})

    def of_year(self, reports: Any) -> Any:
        if not self.year:
            return reports
        return reports.within(FiscalYear(int(self.year)))

    def apply(self, reports: Any) -> Any:
        return self.of_year(reports).filter(state__in=GROUPS[self.group][1])

    def tabs(self, reports: Any) -> list[tuple[str, str, int, bool]]:
        """Label, address, count and whether it is the one shown; in one query."""
        counts = self.of_year(reports).aggregate(
            **{key: Count("pk", filter=Q(state__in=states)) for key, (_, states) in GROUPS.items()}
        )
        return [
            (label, self.query(group=key), counts[key], key == self.group)
            for key, (label, _) in GROUPS.items()
        ]


def read_month_filter(data: QueryDict, years: list[int]) -> MonthFilter:
    """A value that is on none of the lists counts as not chosen."""
    year, group = data.get("year", ""), data.get("group", "")
    return MonthFilter(
        year=year if year in map(str, years) else "",
        group=group if group in GROUPS else "all",
    )
