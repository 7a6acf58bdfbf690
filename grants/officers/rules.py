"""An officer as a line of the police inquiry. Plain values, no database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HEADER = ("氏名カナ", "氏名漢字", "元号", "年", "月", "日", "性別", "住所", "法人名", "役職名")
# The letters of the eras that the form knows, newest first.
_ERAS = (
    ("R", date(2019, 5, 1), 2018),
    ("H", date(1989, 1, 8), 1988),
    ("S", date(1926, 12, 25), 1925),
    ("T", date(1912, 7, 30), 1911),
)


@dataclass(frozen=True, slots=True)
class Officer:
    """役員等: directors also part-time, managers of branches, whoever runs the body in fact."""

    kana: str
    name: str
    born_on: date
    sex: str
    address: str
    title: str


def police_rows(officers: Iterable[Officer], body: str) -> list[tuple[str, ...]]:
    """Under `HEADER`: kana half width, names full width with one space, dates by era in two digits."""
    return [
        (
            half_width_kana(" ".join(officer.kana.split())),
            "　".join(officer.name.split()),
            *era_date(officer.born_on),
            officer.sex,
            officer.address,
            body,
            officer.title,
        )
        for officer in officers
    ]


def era_date(day: date) -> tuple[str, str, str, str]:
    """(era, year, month, day). Raises ValueError before 大正."""
    for letter, begins, before in _ERAS:
        if day >= begins:
            return letter, f"{day.year - before:02}", f"{day.month:02}", f"{day.day:02}"
    raise ValueError("a birthday before 大正元年7月30日")


def _half_widths() -> dict[int, str]:
    """What composes to one full-width letter, from the half-width block of Unicode itself."""
    singles = [chr(code) for code in range(0xFF61, 0xFFA0)]
    voiced = [single + mark for single in singles for mark in "ﾞﾟ"]
    pairs = ((unicodedata.normalize("NFKC", half), half) for half in (*voiced, *singles))
    return {ord(full): half for full, half in pairs if len(full) == 1}


_HALF_WIDTHS = _half_widths()


def half_width_kana(text: str) -> str:
    """«タカハシ　ハナコ» and «たかはし はなこ» as «ﾀｶﾊｼ ﾊﾅｺ»."""
    folded = unicodedata.normalize("NFKC", text)
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in folded)
    return katakana.translate(_HALF_WIDTHS)
