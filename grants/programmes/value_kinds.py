"""Kinds of value of a programme: how the stored text is read, printed and typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.access.api import OrganisationKind
from portal.core.dates import JST, deadline_phrase
from portal.core.money import format_number, format_yen, read_decimal, read_integer, read_yen


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` turns stored text into the value (ValueError with what to do); `show` prints it.

    `write` is the text that a form starts with; `read` takes it back. `choices` are all there is.
    """

    name: str
    read: Callable[[str], Any]
    show: Callable[[Any], str]
    help: str
    write: Callable[[Any], str] = str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """`first` is the value a new programme starts with; `source` says where that comes from."""

    name: str
    label: str
    kind: Kind
    first: str
    source: str


def _read_text(text: str) -> str:
    if not text.strip():
        raise ValueError("入力してください。")
    return text.strip()


def _read_yen(text: str) -> int:
    reading = read_yen(text)
    if reading.value is None:
        raise ValueError(reading.problem)
    return int(reading.value)


def _read_optional_yen(text: str) -> int | None:
    return _read_yen(text) if text.strip() else None


def _read_number(text: str) -> int:
    reading = read_integer(text)
    if reading.value is None or reading.value < 0:
        raise ValueError(reading.problem or "0以上の数にしてください。")
    return int(reading.value)


def _read_rate(text: str) -> Fraction:
    try:
        rate = Fraction(text.strip().replace("／", "/"))
    except (ValueError, ZeroDivisionError):
        raise ValueError("「1/2」のように入力してください。") from None
    if not 0 < rate <= 1:
        raise ValueError("0より大きく1以下にしてください。")
    return rate


def _read_percent(text: str) -> Fraction:
    """A share: «10.95» is 219/2000."""
    reading = read_decimal(text, ("％", "%"), places=4)
    if reading.value is None or not 0 <= reading.value <= 100:
        raise ValueError(reading.problem or "0以上100以下にしてください。")
    return Fraction(reading.value) / 100


def _write_percent(share: Fraction) -> str:
    percent = Decimal((share * 1_000_000).numerator) / 10_000
    return f"{percent.normalize():f}"


def _read_month_day(text: str) -> tuple[int, int]:
    """Month and day of any year; 29 February is none, for not every year has it."""
    month, _, day = text.strip().partition("-")
    try:
        found = date(2001, int(month), int(day))
    except ValueError:
        raise ValueError("「04-10」のように入力してください。") from None
    return found.month, found.day


def _read_month_days(text: str) -> tuple[tuple[int, int], ...]:
    """Several of them between 読点; none is allowed."""
    parts = [part for part in text.replace(",", "、").split("、") if part.strip()]
    return tuple(_read_month_day(part) for part in parts)


def _read_day_shares(text: str) -> tuple[tuple[date, Fraction], ...]:
    """Last days in their order, each with the share in per cent up to it; none is allowed."""
    found = []
    for part in text.replace(",", "、").split("、"):
        day, _, share = part.strip().partition(":")
        if not part.strip():
            continue
        try:
            found.append((date.fromisoformat(day), _read_percent(share)))
        except ValueError:
            raise ValueError(
                "「2026-09-30:80」のように、最後の日と％を入力してください。"
            ) from None
    if found != sorted(found, key=lambda one: one[0]):
        raise ValueError("最後の日の早いものから、順に入力してください。")
    return tuple(found)


def _read_names(text: str) -> tuple[str, ...]:
    """What a programme calls its own choices, between 読点, each once."""
    parts = _read_optional_names(text)
    if not parts:
        raise ValueError("1つ以上を、読点で区切って入力してください。")
    return parts


def _read_optional_names(text: str) -> tuple[str, ...]:
    parts = [part.strip() for part in text.replace(",", "、").split("、") if part.strip()]
    return tuple(dict.fromkeys(parts))


def _read_dated_yen(text: str) -> tuple[tuple[date, int], ...]:
    """Last days in their order, each with the yen up to it, then the yen from there on."""
    parts = [part.strip() for part in text.split("、") if part.strip()]
    if not parts:
        raise ValueError("額を入力してください。")
    *dated, last = parts
    found = []
    for part in dated:
        day, _, yen = part.partition(":")
        try:
            found.append((date.fromisoformat(day.strip()), _read_yen(yen)))
        except ValueError:
            raise ValueError(
                "「2025-03-31:1000000、2000000」のように、最後の日と額を入力してください。"
            ) from None
    if found != sorted(found, key=lambda one: one[0]):
        raise ValueError("最後の日の早いものから、順に入力してください。")
    return (*found, (date.max, _read_yen(last)))


def _write_dated_yen(found: tuple[tuple[date, int], ...]) -> str:
    return "、".join(
        str(yen) if day == date.max else f"{day.isoformat()}:{yen}" for day, yen in found
    )


def _show_dated_yen(found: tuple[tuple[date, int], ...]) -> str:
    return "、".join(
        format_yen(yen)
        if day == date.max
        else f"{day.year}年{day.month}月{day.day}日まで{format_yen(yen)}"
        for day, yen in found
    )


def _read_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("「2026-03-13 17:00」のように入力してください。") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=JST)


def _read_bodies(text: str) -> tuple[str, ...]:
    """Kinds of organisation by their names or codes, between commas."""
    codes = {label: code for code, label in OrganisationKind.choices}
    parts = [part.strip() for part in text.replace(",", "、").split("、") if part.strip()]
    found = tuple(codes.get(part, part) for part in parts)
    if not found or not set(found) <= set(OrganisationKind.values):
        raise ValueError(f"{'、'.join(codes)}から選び、読点で区切ってください。")
    return found


def _show_bodies(codes: tuple[str, ...]) -> str:
    return "、".join(str(OrganisationKind(code).label) for code in codes)


def choice(**labels: str) -> Kind:
    def read(text: str) -> str:
        if text not in labels:
            raise ValueError(f"{'、'.join(labels.values())}から選んでください。")
        return text

    return Kind("choice", read, lambda value: labels[value], "", choices=tuple(labels.items()))


def several(**labels: str) -> Kind:
    """Any of a closed list, by label or code, between 読点; none of them is allowed."""
    codes = {label: code for code, label in labels.items()}

    def read(text: str) -> tuple[str, ...]:
        parts = [part.strip() for part in text.replace(",", "、").split("、") if part.strip()]
        found = tuple(codes.get(part, part) for part in parts)
        if not set(found) <= set(labels):
            raise ValueError(f"{'、'.join(labels.values())}から選び、読点で区切ってください。")
        return found

    def show(found: tuple[str, ...]) -> str:
        return "、".join(labels[code] for code in found) or "なし"

    def write(found: tuple[str, ...]) -> str:
        return "、".join(labels[code] for code in found)

    help_text = f"{'、'.join(labels.values())}から。読点で区切ります。"
    return Kind("several", read, show, help_text, write)


def _write_rate(rate: Fraction) -> str:
    return f"{rate.numerator}/{rate.denominator}"


TEXT = Kind("text", _read_text, str, "")
OPTIONAL_TEXT = Kind("optional_text", str.strip, lambda text: text or "なし", "なしのときは空欄。")
YEN = Kind("yen", _read_yen, format_yen, "円", format_number)
OPTIONAL_YEN = Kind(
    "optional_yen",
    _read_optional_yen,
    lambda value: "定めなし" if value is None else format_yen(value),
    "円。空欄は「定めなし」で、0円ではありません。",
    lambda value: "" if value is None else format_number(value),
)
NUMBER = Kind("number", _read_number, str, "")
RATE = Kind("rate", _read_rate, _write_rate, "例：1/2", _write_rate)
PERCENT = Kind("percent", _read_percent, _write_percent, "年に何％か。例：10.95", _write_percent)
MONTH_DAY = Kind(
    "month_day",
    _read_month_day,
    lambda day: f"{day[0]}月{day[1]}日",
    "例：04-10",
    lambda day: f"{day[0]:02}-{day[1]:02}",
)
MOMENT = Kind(
    "moment",
    _read_moment,
    lambda moment: deadline_phrase(moment.astimezone(JST)),
    "日本時間。例：2026-03-13 17:00",
    lambda moment: moment.astimezone(JST).strftime("%Y-%m-%d %H:%M"),
)
MONTH_DAYS = Kind(
    "month_days",
    _read_month_days,
    lambda days: "、".join(f"{month}月{day}日" for month, day in days) or "なし",
    "例：09-30、12-31。なしのときは空欄。",
    lambda days: "、".join(f"{month:02}-{day:02}" for month, day in days),
)
DAY_SHARES = Kind(
    "day_shares",
    _read_day_shares,
    lambda found: (
        "、".join(
            f"{day.year}年{day.month}月{day.day}日まで{_write_percent(share)}％"
            for day, share in found
        )
        or "なし"
    ),
    "例：2026-09-30:80、2028-09-30:70。なしのときは空欄。",
    lambda found: "、".join(f"{day.isoformat()}:{_write_percent(share)}" for day, share in found),
)


DATED_YEN = Kind(
    "dated_yen",
    _read_dated_yen,
    _show_dated_yen,
    "円。額が変わるときは、最後の日ごとに。例：2025-03-31:1000000、2000000",
    _write_dated_yen,
)
OPTIONAL_NAMES = Kind(
    "names",
    _read_optional_names,
    lambda names: "、".join(names) or "なし",
    "読点で区切ります。なしのときは空欄。",
    "、".join,
)
NAMES = Kind("names", _read_names, "、".join, "読点で区切ります。", "、".join)
BODIES = Kind("bodies", _read_bodies, _show_bodies, "例：都道府県", _show_bodies)
