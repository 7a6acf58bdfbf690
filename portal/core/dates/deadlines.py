"""Legal periods: where they begin, where they end, and what a closed day does to the end.

民法140条 (the first day does not count), 143条 (months end on the day before the corresponding
day); 行政機関の休日に関する法律2条 (a period fixed by law or order for an act toward an office of
the state rolls on). What this grant leaves open is programme data.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .open_days import GOVERNMENT, OpenDays


class Counting(StrEnum):
    """FROM_NEXT_DAY 初日不算入 is the default of 民法140条; INCLUSIVE is 「…の日から起算して」."""

    FROM_NEXT_DAY = "from_next_day"
    INCLUSIVE = "inclusive"


class RollRule(StrEnum):
    """STATUTORY_NEXT by 休日法2条; YOUKOU_NEXT and YOUKOU_PREV by the 交付要綱; NONE: it stands."""

    STATUTORY_NEXT = "statutory_next"
    YOUKOU_NEXT = "youkou_next"
    YOUKOU_PREV = "youkou_prev"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as the law writes it: months, or days, never both.

    Raises ValueError where it is neither or both.
    """

    months: int = 0
    days: int = 0
    counting: Counting = Counting.FROM_NEXT_DAY

    def __post_init__(self) -> None:
        if min(self.months, self.days) < 0 or bool(self.months) == bool(self.days):
            raise ValueError("a period has months or days")

    def last_day(self, event: date) -> date:
        """満了日: the last day of the period that `event` sets off."""
        shift = 1 if self.counting is Counting.FROM_NEXT_DAY else 0
        first = event + timedelta(days=shift)
        if self.days:
            return first + timedelta(days=self.days - 1)
        years, month0 = divmod(first.year * 12 + first.month - 1 + self.months, 12)
        in_month = calendar.monthrange(years, month0 + 1)[1]
        if first.day > in_month:
            return date(years, month0 + 1, in_month)
        return date(years, month0 + 1, first.day) - timedelta(days=1)

    def day_elapsed(self, event: date) -> date:
        """「…を経過した日」: the day after the period has run out."""
        return self.last_day(event) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`day` counts; `nominal` is where it fell before rolling; `remark` is for the person."""

    day: date
    nominal: date
    remark: str | None = None

    @property
    def is_rolled(self) -> bool:
        return self.day != self.nominal


def fix_deadline(
    nominal: date, rule: RollRule = RollRule.NONE, offices: OpenDays = GOVERNMENT
) -> Deadline:
    """A date with its roll rule applied; a closed day that stands is remarked on."""
    closed = offices.why_closed(nominal)
    if closed is None:
        return Deadline(nominal, nominal)
    if rule is RollRule.NONE:
        return Deadline(
            nominal, nominal, f"この日は{closed}のため閉庁日です。期限はこの日のままです。"
        )
    previous = rule is RollRule.YOUKOU_PREV
    day = offices.on_or_before(nominal) if previous else offices.on_or_after(nominal)
    moved = "前" if previous else "次"
    was = f"{nominal.year}年{nominal.month}月{nominal.day}日"
    return Deadline(day, nominal, f"{was}が{closed}のため、{moved}の開庁日を期限とします。")


def deadline_after(
    event: date,
    period: Period,
    rule: RollRule = RollRule.NONE,
    offices: OpenDays = GOVERNMENT,
) -> Deadline:
    """The end of `period` from `event`, rolled. 適正化法施行令15条: 30 days, STATUTORY_NEXT."""
    return fix_deadline(period.last_day(event), rule, offices)


def count_days(first: date, last: date, counting: Counting = Counting.INCLUSIVE) -> int:
    """Days from `first` to `last`; both count in INCLUSIVE (加算金, 適正化法19条1項)."""
    return (last - first).days + (1 if counting is Counting.INCLUSIVE else 0)
