"""支払見込額: what a report still expected to pay, and the report on it once the books are closed."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from grants.awards.api import Award
from grants.filings.api import Filing, latest_version
from portal.core.dates import FiscalYear

from .contracted import money_of_lines
from .models import PerformanceReport, ReportedLine, ReportPart


def books_close_on(award: Award, years: int) -> date:
    """Of the year in which the work was to be done; `years` is by how many it was carried over."""
    return FiscalYear(award.programme.fiscal_year + years).books_close


def expected_in(filing: Filing) -> int:
    """Yen that the latest filed version still expected to pay."""
    sealed = latest_version(filing)
    return int(sealed.content["expected"]) if sealed is not None else 0


def draw_payments(report: PerformanceReport) -> None:
    """Lines that go through contracts say anew what was paid by now; the others are typed.

    A page whose lines change gets a new version, so that no open copy of it overwrites them.
    """
    money = money_of_lines(report.award)
    lines = ReportedLine.objects.filter(part__report=report, uid__in=money, expected__gt=0)
    for line in lines:
        line.spent, line.expected = money[line.uid].paid, money[line.uid].payable
    ReportedLine.objects.bulk_update(lines, ["spent", "expected"])
    pages = {line.part_id for line in lines}
    ReportPart.objects.filter(pk__in=pages).update(version=F("version") + 1)
