"""Yen, and the numbers people type beside them.

Money is a whole number of yen everywhere. A share of it is a Fraction until one Rounding makes it
yen again, so that nothing is rounded twice and no float ever holds an amount.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .text import NOTE_WIDTH, Reading, fold_for_numbers, has_wide_digits

# What a 64-bit column holds with room for sums; a national budget is 14 digits.
MAX_DIGITS = 15


class RoundingMode(StrEnum):
    """切捨て, 切上げ and 四捨五入, all by magnitude: △1,500 cut to thousands is △1,000."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half_up"


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a fraction of yen becomes yen: which unit (yen), and which way.

    The default is the 千円未満切捨て of comparable grants; a programme states its own.
    """

    unit: int = 1000
    mode: RoundingMode = RoundingMode.DOWN

    def __post_init__(self) -> None:
        if self.unit < 1:
            raise ValueError("a rounding unit is at least 1 yen")

    def apply(self, amount: int | Fraction) -> int:
        """Yen, a multiple of the unit."""
        units = abs(Fraction(amount)) / self.unit
        whole = units.numerator // units.denominator
        rest = units - whole
        if (self.mode is RoundingMode.UP and rest > 0) or (
            self.mode is RoundingMode.HALF_UP and rest >= Fraction(1, 2)
        ):
            whole += 1
        return whole * self.unit * (-1 if amount < 0 else 1)

    @property
    def label(self) -> str:
        unit = {1: "１円", 10: "10円", 100: "100円", 1000: "千円", 10000: "万円"}.get(
            self.unit, f"{self.unit:,}円"
        )
        way = {"down": "切捨て", "up": "切上げ", "half_up": "四捨五入"}[self.mode.value]
        return f"{unit}未満{way}"


def floor_to(amount: int | Fraction, unit: int) -> int:
    """`amount` yen with what is below `unit` yen cut off, by magnitude."""
    return Rounding(unit).apply(amount)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share such as 交付率 1/2, kept as it is written: 10/10 does not become 1/1.

    Raises ValueError where it is not a share between 0 and 1.
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator < 1 or not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"not a share: {self.numerator}/{self.denominator}")

    @classmethod
    def parse(cls, text: str) -> Rate:
        """From 「1/2」 or 「２分の１」; raises ValueError."""
        folded = fold_for_numbers(text)
        if match := re.fullmatch(r"(\d+)/(\d+)", folded):
            return cls(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d+)分の(\d+)", folded):
            return cls(int(match[2]), int(match[1]))
        raise ValueError(f"not a rate: {text!r}")

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    def of(self, amount: int) -> Fraction:
        """The exact share of `amount` yen, before any rounding."""
        return self.fraction * amount

    @property
    def label(self) -> str:
        return f"{self.denominator}分の{self.numerator}"

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


# Longest first, so that 百万円 is not taken for 万円.
_YEN_MULTIPLES = {"百万円": 10**6, "千円": 10**3, "万円": 10**4, "億円": 10**8}
_NUMBER = re.compile(r"(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d+))?")


@dataclass(frozen=True, slots=True)
class _Digits:
    """A typed number taken apart: sign, digits, what stands after the point, and what was said."""

    negative: bool
    whole: int
    part: str
    notes: tuple[str, ...]


def _take_sign(folded: str) -> tuple[str, bool, list[str]]:
    if folded[:1] in ("△", "▲", "-"):
        shown = folded[0]
        return folded[1:], True, [f"「{shown}」を負の数として読みました。"]
    return folded.removeprefix("+"), False, []


def _take_apart(folded: str, original: str) -> _Digits | None:
    """The number in a folded text, or None; the position of commas must be right."""
    bare, negative, notes = _take_sign(folded)
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return None
    if has_wide_digits(original):
        notes.insert(0, NOTE_WIDTH)
    if "," in bare:
        notes.append("桁区切りのカンマを外しました。")
    return _Digits(
        negative, int(match["whole"].replace(",", "")), match["part"] or "", tuple(notes)
    )


def _unreadable(original: str, what: str, example: str) -> str:
    shown = original.strip()
    folded = fold_for_numbers(shown)
    if re.search(r"\d[円]?[~-]\d", folded):
        if what == "金額":
            return f"1つの金額で入力してください。「{shown}」は1つに決められません。"
        return f"「{shown}」のような範囲では登録できません。1つの数にしてください。"
    if re.search(r"\d,\d", folded):
        return (
            f"「{shown}」のカンマの位置が正しくありません。"
            "3桁ごとにするか、カンマなしで入力してください。"
        )
    return f"「{shown}」は{what}として読めません。数字で入力してください（例：{example}）。"


def _strip_yen(folded: str) -> tuple[str, list[str]]:
    notes = []
    bare = folded.removeprefix("金").removesuffix("也")
    if bare[:1] in ("¥", "\\"):
        bare, notes = bare[1:], ["「¥」を外しました。"]
    if bare.endswith("円"):
        bare, notes = bare.removesuffix("円"), [*notes, "「円」を外しました。"]
    return bare, notes


def _multiple_of_yen(folded: str) -> str | None:
    """What to type in place of an amount in 千円, 万円 or 億円; None for other units."""
    for name, factor in _YEN_MULTIPLES.items():
        if not folded.endswith(name):
            continue
        digits = _take_apart(folded.removesuffix(name), folded)
        said = f"金額は円の単位で入力してください。「{name}」は使えません。"
        if digits is None:
            return said
        exact = Decimal(f"{digits.whole}.{digits.part or 0}") * factor
        if exact != int(exact):
            return said
        sign = "-" if digits.negative else ""
        return f"{said}{sign}{int(exact):,}円のことであれば、{sign}{int(exact)}と入力してください。"
    return None


def read_yen(text: str) -> Reading[int]:
    """A typed amount in yen.

    Full-width digits, commas in their places, 円, ¥, 金…円, spaces and △▲ are taken and said in the
    notes. 千円 and 万円 are refused with the figure to type: a wrong unit is a thousandfold error.
    """
    folded = fold_for_numbers(text)
    if not folded:
        return Reading(None, text)
    if refusal := _multiple_of_yen(folded):
        return Reading(None, text, problem=refusal)
    bare, notes = _strip_yen(folded)
    digits = _take_apart(bare, text)
    if digits is None:
        return Reading(None, text, problem=_unreadable(text, "金額", "1234000"))
    if digits.part.strip("0"):
        return Reading(
            None, text, problem="円未満の端数は入力できません。1円単位の数で入力してください。"
        )
    return _whole(text, digits, notes, "金額")


def read_integer(text: str, units: Collection[str] = ()) -> Reading[int]:
    """A typed whole number; `units` (人, 件 …) after it are taken off and said."""
    folded = fold_for_numbers(text)
    if not folded:
        return Reading(None, text)
    bare, notes = _strip_units(folded, units)
    digits = _take_apart(bare, text)
    if digits is None:
        return Reading(None, text, problem=_unreadable(text, "数", "18"))
    if digits.part.strip("0"):
        return Reading(None, text, problem="小数は入力できません。整数で入力してください。")
    return _whole(text, digits, notes, "数")


def read_decimal(text: str, units: Collection[str] = (), places: int = 3) -> Reading[Decimal]:
    """A typed quantity such as 1.5, with at most `places` digits after the point."""
    folded = fold_for_numbers(text)
    if not folded:
        return Reading(None, text)
    bare, notes = _strip_units(folded, units)
    digits = _take_apart(bare, text)
    if digits is None:
        return Reading(None, text, problem=_unreadable(text, "数", "1.5"))
    part = digits.part.rstrip("0")
    if len(part) > places:
        return Reading(None, text, problem=f"小数点より下は{places}桁までで入力してください。")
    if len(str(digits.whole)) > MAX_DIGITS:
        return Reading(None, text, problem=_too_long("数"))
    value = Decimal(f"{digits.whole}.{part}" if part else digits.whole)
    return Reading(-value if digits.negative else value, text, (*digits.notes, *notes))


def _strip_units(folded: str, units: Collection[str]) -> tuple[str, list[str]]:
    for unit in sorted(units, key=len, reverse=True):
        if unit and folded.endswith(unit):
            return folded.removesuffix(unit), [f"単位の「{unit}」を外しました。"]
    return folded, []


def _whole(text: str, digits: _Digits, notes: list[str], what: str) -> Reading[int]:
    if len(str(digits.whole)) > MAX_DIGITS:
        return Reading(None, text, problem=_too_long(what))
    said = [*digits.notes, *notes]
    if digits.part:
        said.append("小数点より下の0を外しました。")
    return Reading(-digits.whole if digits.negative else digits.whole, text, tuple(said))


def _too_long(what: str) -> str:
    return f"{what}は{MAX_DIGITS}桁までです。桁を確かめて入力し直してください。"


def format_number(value: int | Decimal) -> str:
    """With commas, and △ for less than nothing, as public offices print it."""
    sign = "△" if value < 0 else ""
    return f"{sign}{abs(value):,}"


def format_yen(amount: int) -> str:
    """1,234,000円; negatives as △1,234,000円."""
    return f"{format_number(amount)}円"


def format_thousands(amount: int) -> str:
    """1,234千円, cut off below a thousand: the columns of such a table may not add up."""
    return f"{format_number(floor_to(amount, 1000) // 1000)}千円"
