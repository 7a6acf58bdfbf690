"""元号: which one a day belongs to, and the year in it (facts as of the 元号法 and its orders)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    """`starts` and `ends` are the first and last day; the running era has no last day."""

    name: str
    letter: str
    starts: date
    ends: date | None

    def contains(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def year_of(self, day: date) -> int:
        return day.year - self.first_year + 1

    @property
    def first_year(self) -> int:
        # 明治 began in 1868; only its days from 1873 on are days of the same calendar.
        return 1868 if self.name == "明治" else self.starts.year


REIWA = Era("令和", "R", date(2019, 5, 1), None)
ERAS = (
    REIWA,
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    Era("明治", "M", date(1873, 1, 1), date(1912, 7, 29)),
)


def era_of(day: date) -> Era:
    """Raises ValueError before 1873-01-01, when Japan's calendar was another."""
    for era in ERAS:
        if era.contains(day):
            return era
    raise ValueError(f"no era for {day.isoformat()}")


def era_year(day: date) -> str:
    """令和8年, and 令和元年 for the first."""
    era = era_of(day)
    year = era.year_of(day)
    return f"{era.name}{'元' if year == 1 else year}年"
