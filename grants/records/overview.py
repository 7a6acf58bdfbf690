"""Contract × month: how each month stands, for the overview and the home page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from .models import PeriodReport
from .rules import Standing, standing


@dataclass(frozen=True, slots=True)
class Cell:
    report: PeriodReport | None
    standing: str
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One activity of one contract, with a cell for each month asked for."""

    first: PeriodReport
    cells: tuple[Cell, ...]


def lines(reports: Iterable[PeriodReport], months: list[date], today: date) -> list[Line]:
    """`reports` ordered by contract and activity; a month outside the contract has an empty cell."""
    found = []
    for _, group in groupby(reports, key=lambda r: (r.contract_id, r.activity_uid)):
        known = list(group)
        cells = (_cell(_covering(known, month), today) for month in months)
        found.append(Line(known[0], tuple(cells)))
    return found


def _covering(reports: Iterable[PeriodReport], month: date) -> PeriodReport | None:
    """A report of several months stands in the cell of each."""
    return next((r for r in reports if r.month <= month <= r.last_month), None)


def _cell(report: PeriodReport | None, today: date) -> Cell:
    if report is None:
        return Cell(None, Standing.COMING)
    return Cell(report, standing_of(report, today), max(0, (today - report.due_on).days))


def standing_of(report: PeriodReport, today: date) -> Standing:
    return standing(report.state, report.month, report.due_on, today)
