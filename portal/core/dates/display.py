"""Dates in words: for screens (西暦 first), for documents (和暦, house digits), for deadlines."""

from __future__ import annotations

from datetime import date, datetime

from ..text import house_digits
from .clock import JST
from .eras import era_of, era_year
from .open_days import GOVERNMENT, OpenDays

_WEEKDAYS = "月火水木金土日"


def screen_date(day: date) -> str:
    """2026年4月1日（令和８年）."""
    return f"{day.year}年{day.month}月{day.day}日（{house_digits(era_year(day))}）"


def screen_datetime(moment: datetime) -> str:
    """2026年4月1日 10時42分, Japanese time; raises ValueError for a moment without a zone."""
    local = _local(moment)
    return f"{local.year}年{local.month}月{local.day}日 {local.hour}時{local.minute:02}分"


def document_date(day: date) -> str:
    """令和６年４月３日, as the 実施要領 prints dates."""
    return house_digits(f"{era_year(day)}{day.month}月{day.day}日")


def short_date(day: date) -> str:
    """R6.4.3."""
    era = era_of(day)
    return f"{era.letter}{era.year_of(day)}.{day.month}.{day.day}"


def day_with_weekday(day: date) -> str:
    """2026年3月13日（金）."""
    return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def deadline_phrase(deadline: date | datetime) -> str:
    """2026年3月13日（金）17時, or 17時15分; a date alone ends with its day and names no time."""
    if not isinstance(deadline, datetime):
        return day_with_weekday(deadline)
    local = _local(deadline)
    minute = f"{local.minute:02}分" if local.minute else ""
    return f"{day_with_weekday(local.date())}{local.hour}時{minute}"


def remaining_phrase(
    deadline: date | datetime, now: datetime, offices: OpenDays = GOVERNMENT
) -> str:
    """あと21日（開庁日で14日）, 今日まで, 3日過ぎています."""
    moment = _local(now)
    last = _local(deadline).date() if isinstance(deadline, datetime) else deadline
    days = (last - moment.date()).days
    if days < 0:
        return f"{-days}日過ぎています"
    if isinstance(deadline, datetime) and deadline < now:
        return "今日の期限を過ぎています"
    if days == 0:
        return "今日まで"
    return f"あと{days}日（開庁日で{offices.count(moment.date(), last)}日）"


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(JST)
