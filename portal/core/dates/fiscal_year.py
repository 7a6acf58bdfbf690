"""会計年度: 1 April to 31 March (地方自治法208条, 財政法11条)."""

from __future__ import annotations

from datetime import date

from ..text import house_digits
from .eras import era_year


class FiscalYear(int):
    """The year in which it begins, as a number that knows its days and its name."""

    @classmethod
    def of(cls, day: date) -> FiscalYear:
        return cls(day.year if day.month >= 4 else day.year - 1)

    @property
    def start(self) -> date:
        return date(self, 4, 1)

    @property
    def end(self) -> date:
        return date(self + 1, 3, 31)

    @property
    def books_close(self) -> date:
        """The last day on which a local body pays for the year (出納閉鎖, 地方自治法235条の5)."""
        return date(self + 1, 5, 31)

    @property
    def previous(self) -> FiscalYear:
        return FiscalYear(self - 1)

    @property
    def following(self) -> FiscalYear:
        return FiscalYear(self + 1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its twelve months."""
        return tuple(date(self + (month < 4), month, 1) for month in (*range(4, 13), 1, 2, 3))

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def label(self) -> str:
        """令和8年度. The year that began as 平成31 is called 令和元年度, so May decides."""
        return f"{era_year(date(self, 5, 1))}度"

    @property
    def document_label(self) -> str:
        """令和８年度, with the digits of outgoing documents."""
        return house_digits(self.label)
