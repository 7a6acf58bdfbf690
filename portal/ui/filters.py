"""How values are written on screens; on paper, documents have their own house digits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from portal.core.dates import day_with_weekday, deadline_phrase, era_year, screen_date
from portal.core.dates import screen_datetime as full_datetime
from portal.core.money import format_number, format_thousands, format_yen
from portal.core.text import house_digits

NOTHING = "—"
_UNITS = ("バイト", "KB", "MB", "GB")


def yen(amount: int | None) -> str:
    """1,234,000円, △ for less than nothing, a dash for no amount."""
    return NOTHING if amount is None else format_yen(amount)


def thousand_yen(amount: int | None) -> str:
    """1,234千円, cut off."""
    return NOTHING if amount is None else format_thousands(amount)


def comma(number: int | Decimal | None) -> str:
    """1,234: for columns whose head names the unit."""
    return NOTHING if number is None else format_number(number)


def jdate(day: date | None) -> str:
    """2026年4月1日（令和８年）."""
    return screen_date(_day(day)) if day else ""


def weekday(day: date | None) -> str:
    """2026年3月13日（金）."""
    return day_with_weekday(_day(day)) if day else ""


def deadline(moment: date | None) -> str:
    """2026年3月13日（金）17時: a deadline always says its weekday."""
    return deadline_phrase(moment) if moment else ""


def jdatetime(moment: datetime | None, style: str = "short") -> str:
    """2月20日 10時42分; with "full", the year too."""
    if moment is None:
        return ""
    full = full_datetime(moment)
    return full if style == "full" else full.partition("年")[2]


def wareki(day: date | None) -> str:
    """令和8年4月1日."""
    return f"{era_year(_day(day))}{_day(day).month}月{_day(day).day}日" if day else ""


def filesize(size: int | None) -> str:
    """48KB, 1.2MB: as the limits are written, 1024 to the next unit."""
    if size is None:
        return NOTHING
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    shown = f"{amount:.1f}".removesuffix(".0") if unit > 1 else f"{amount:.0f}"
    return f"{shown}{_UNITS[unit]}"


def short_hash(digest: str | None) -> str:
    """The first 12 hexadecimal digits: enough to compare a paper with its sealed version."""
    return (digest or "")[:12]


def house(value: Any) -> str:
    """Digits as outgoing documents write them: one digit wide, two or more narrow."""
    return house_digits(str(value))


def _day(day: date) -> date:
    return localtime(day).date() if isinstance(day, datetime) else day


FILTERS: dict[str, Callable[..., Any]] = {
    "yen": yen,
    "thousand_yen": thousand_yen,
    "comma": comma,
    "jdate": jdate,
    "weekday": weekday,
    "deadline": deadline,
    "jdatetime": jdatetime,
    "wareki": wareki,
    "filesize": filesize,
    "short_hash": short_hash,
    "house": house,
}
