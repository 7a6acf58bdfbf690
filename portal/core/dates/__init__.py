"""Fiscal years, 和暦, open days, legal periods: every question about a date has its answer here."""

from .clock import JST, now_jst, today_jst
from .deadlines import (
    Counting,
    Deadline,
    Period,
    RollRule,
    count_days,
    deadline_after,
    fix_deadline,
)
from .display import (
    day_with_weekday,
    deadline_phrase,
    document_date,
    remaining_phrase,
    screen_date,
    screen_datetime,
    short_date,
)
from .eras import ERAS, Era, era_of, era_year
from .fiscal_year import FiscalYear
from .open_days import BANKS, GOVERNMENT, OpenDays, first_day_open_to_all
from .reading import read_date, read_month

__all__ = [
    "BANKS",
    "ERAS",
    "GOVERNMENT",
    "JST",
    "Counting",
    "Deadline",
    "Era",
    "FiscalYear",
    "OpenDays",
    "Period",
    "RollRule",
    "count_days",
    "day_with_weekday",
    "deadline_after",
    "deadline_phrase",
    "document_date",
    "era_of",
    "era_year",
    "first_day_open_to_all",
    "fix_deadline",
    "now_jst",
    "read_date",
    "read_month",
    "remaining_phrase",
    "screen_date",
    "screen_datetime",
    "short_date",
    "today_jst",
]
