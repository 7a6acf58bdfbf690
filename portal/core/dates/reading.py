"""Dates as people write them: 西暦 or 和暦, full or half width, and what a spreadsheet leaves."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from ..text import NOTE_WIDTH, Reading, fold_for_numbers, has_wide_digits
from .clock import today_jst
from .eras import ERAS, Era

EXAMPLE = "例：2026年4月1日、令和8年4月1日、R8.4.1"
EARLIEST_YEAR, LATEST_YEAR = 1873, 2199

# Excel counts days from 1899-12-30, because it takes 1900 for a leap year.
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_FIRST = date(2000, 1, 1)
_EXCEL_YEARS_AHEAD = 10

_ERA_NAMES = {era.name: era for era in ERAS}
_ERA_NAMES |= {era.name[0]: era for era in ERAS} | {era.letter: era for era in ERAS}
_ERA = "令和|平成|昭和|大正|明治|[令平昭大明RHSTM]"
_SEP = r"[/.・\-年月]"
_WESTERN = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})日?(?:T?00:00(?::00)?)?")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_JAPANESE = re.compile(rf"({_ERA})(元|\d{{1,3}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})日?")
_WESTERN_MONTH = re.compile(r"(\d{4})[/.・\-年](\d{1,2})(?:月分?)?")
_JAPANESE_MONTH = re.compile(rf"({_ERA})(元|\d{{1,3}})[/.・\-年](\d{{1,2}})(?:月分?)?")
_WEEKDAYS = "月火水木金土日"
_WEEKDAY = re.compile(rf"\(([{_WEEKDAYS}])(?:曜日?)?\)$")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")


class _UnreadableError(Exception):
    """Carries the message for the person."""


def read_date(text: str, *, excel: bool = False) -> Reading[date]:
    """A typed date.

    `excel` also takes the serial number that an unformatted cell shows (45383 = 2024-04-01), from
    2000 to ten years ahead; in a form such a number is a slip, so it is refused there.
    """
    folded = fold_for_numbers(text).upper()
    if not folded:
        return Reading(None, text)
    weekday = _WEEKDAY.search(folded)
    bare = folded[: weekday.start()] if weekday else folded
    try:
        day, notes, warnings = _day(bare, excel)
        if weekday and _WEEKDAYS[day.weekday()] != weekday[1]:
            raise _UnreadableError(
                f"{_plain(day)}は{_WEEKDAYS[day.weekday()]}曜日です。日付か曜日を直してください。"
            )
    except _UnreadableError as problem:
        return Reading(None, text, problem=str(problem))
    if has_wide_digits(text):
        notes.insert(0, NOTE_WIDTH)
    return Reading(day, text, tuple(notes), tuple(warnings))


def read_month(text: str) -> Reading[date]:
    """A typed month (令和6年10月分, 2024/10) as its first day."""
    folded = fold_for_numbers(text).upper()
    if not folded:
        return Reading(None, text)
    try:
        if match := _WESTERN_MONTH.fullmatch(folded):
            return Reading(_date(int(match[1]), int(match[2]), 1), text)
        if match := _JAPANESE_MONTH.fullmatch(folded):
            era, year = _ERA_NAMES[match[1]], _era_year(match[2])
            month = _month_in_era(era, year, int(match[3]))
            said = f"「{text.strip()}」を{month.year}年{month.month}月として読みました。"
            return Reading(
                month, text, (said,), tuple(_era_doubts(era, year, month, f"{month.month}月"))
            )
    except _UnreadableError as problem:
        return Reading(None, text, problem=str(problem))
    return Reading(
        None,
        text,
        problem=f"「{text.strip()}」は月として読めません。年と月を入力してください（例：2026年4月）。",
    )


def _day(folded: str, excel: bool) -> tuple[date, list[str], list[str]]:
    if match := _WESTERN.fullmatch(folded) or _EIGHT_DIGITS.fullmatch(folded):
        return _date(*(int(group) for group in match.groups())), [], []
    if match := _JAPANESE.fullmatch(folded):
        era, year = _ERA_NAMES[match[1]], _era_year(match[2])
        day = _day_in_era(era, year, int(match[3]), int(match[4]))
        said = (
            f"「{_era_text(era, year)}{day.month}月{day.day}日」を{_plain(day)}として読みました。"
        )
        return day, [said], _era_doubts(era, year, day, f"{day.month}月{day.day}日")
    if excel and (match := _SERIAL.fullmatch(folded)):
        return _from_serial(int(match[1]))
    raise _UnreadableError(_advice(folded))


def _date(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise _UnreadableError(f"{month}月は入力できません。月は1から12で入力してください。")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _UnreadableError(
            f"{year}年は入力できません。{EARLIEST_YEAR}年から{LATEST_YEAR}年の日付にしてください。"
        )
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise _UnreadableError(f"{year}年{month}月は1日から{last}日までです。日を直してください。")
    return date(year, month, day)


def _day_in_era(era: Era, year: int, month: int, day: int) -> date:
    found = _date(era.first_year + year - 1, month, day)
    if found < era.starts:
        raise _UnreadableError(_before_era(era))
    return found


def _month_in_era(era: Era, year: int, month: int) -> date:
    first = _date(era.first_year + year - 1, month, 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if last < era.starts:
        raise _UnreadableError(_before_era(era))
    return first


def _before_era(era: Era) -> str:
    begins = f"{era.name}は{_plain(era.starts)}からです。"
    return f"{begins}それより前の日付は、前の元号か西暦で入力してください。"


def _era_year(text: str) -> int:
    year = 1 if text == "元" else int(text)
    if year == 0:
        raise _UnreadableError("0年は入力できません。元号の年は元年（1年）からです。")
    return year


def _era_text(era: Era, year: int) -> str:
    return f"{era.name}{'元' if year == 1 else year}年"


def _era_doubts(era: Era, year: int, day: date, typed: str) -> list[str]:
    """平成36年 is a slip of habit with one meaning: taken, and said aloud."""
    if era.ends is None or day <= era.ends:
        return []
    running = next(other for other in ERAS if other.contains(day))
    right = _era_text(running, running.year_of(day))
    return [f"{_era_text(era, year)}{typed}は{right}です。日付が正しいか確かめてください。"]


def _from_serial(serial: int) -> tuple[date, list[str], list[str]]:
    day = _EXCEL_EPOCH + timedelta(days=serial)
    latest = today_jst().year + _EXCEL_YEARS_AHEAD
    if day < _EXCEL_FIRST or day.year > latest:
        raise _UnreadableError(
            f"「{serial}」は日付として読めません。日付で入力してください（{EXAMPLE}）。"
        )
    return day, [f"Excelの日付の番号「{serial}」を{_plain(day)}として読みました。"], []


def _advice(folded: str) -> str:
    if re.fullmatch(r"\d{1,2}[/.・\-月]\d{1,2}日?", folded):
        return f"年がありません。年から入力してください（{EXAMPLE}）。"
    if re.fullmatch(rf"\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}\d{{1,2}}日?", folded):
        return f"年は4桁の西暦か、元号を付けて入力してください（{EXAMPLE}）。"
    if re.search(r"~", folded):
        return "期間では登録できません。1つの日付にしてください。"
    if _WESTERN_MONTH.fullmatch(folded) or _JAPANESE_MONTH.fullmatch(folded):
        return f"日がありません。年月日を入力してください（{EXAMPLE}）。"
    return f"「{folded}」は日付として読めません。年月日を入力してください（{EXAMPLE}）。"


def _plain(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
