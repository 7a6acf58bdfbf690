"""Days on which offices are open.

行政機関の休日に関する法律 (昭和63年法律91号): Saturday, Sunday, national holidays, 12/29–1/3.
Banks (銀行法施行令5条): Saturday, Sunday, national holidays, 12/31–1/3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _national_holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("JP", years=year, language="ja"))


@dataclass(frozen=True, slots=True)
class OpenDays:
    """A kind of office. `year_end` is its first closed day of December; all open again on 1/4."""

    name: str
    year_end: int

    def why_closed(self, day: date) -> str | None:
        """土曜日, 日曜日, the holiday's name or 年末年始; None when it is open."""
        if day.weekday() >= 5:
            return "土曜日" if day.weekday() == 5 else "日曜日"
        if (day.month, day.day) <= (1, 3) or (day.month == 12 and day.day >= self.year_end):
            return "年末年始"
        holiday = _national_holidays(day.year).get(day)
        return f"祝日（{holiday}）" if holiday else None

    def is_open(self, day: date) -> bool:
        return self.why_closed(day) is None

    def on_or_after(self, day: date) -> date:
        while not self.is_open(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        while not self.is_open(day):
            day -= timedelta(days=1)
        return day

    def count(self, after: date, until: date) -> int:
        """Open days after `after`, up to and including `until`."""
        days = (until - after).days
        return sum(self.is_open(after + timedelta(days=n)) for n in range(1, days + 1))


GOVERNMENT = OpenDays("行政機関", year_end=29)
BANKS = OpenDays("銀行", year_end=31)


def first_day_open_to_all(day: date) -> date:
    """The first day from `day` on when both government and banks are open (納期日)."""
    while not (GOVERNMENT.is_open(day) and BANKS.is_open(day)):
        day += timedelta(days=1)
    return day
