"""The columns of the police inquiry, and text that stands in the database only encrypted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from grants.officers.rules import Officer, era_date, half_width_kana, police_rows
from portal.core.encryption import decrypt, encrypt


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("タカハシ　ハナコ", "ﾀｶﾊｼ ﾊﾅｺ"),
        ("がっこう ぱぴぷ", "ｶﾞｯｺｳ ﾊﾟﾋﾟﾌﾟ"),
        ("ヴィオラ ユー", "ｳﾞｨｵﾗ ﾕｰ"),
        ("ﾀﾅｶ ｱｲ", "ﾀﾅｶ ｱｲ"),
    ],
)
def test_kana_half_width(typed: str, printed: str) -> None:
    assert half_width_kana(typed) == printed


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2019, 5, 1), ("R", "01", "05", "01")),
        (date(2019, 4, 30), ("H", "31", "04", "30")),
        (date(1989, 1, 8), ("H", "01", "01", "08")),
        (date(1989, 1, 7), ("S", "64", "01", "07")),
        (date(1926, 12, 25), ("S", "01", "12", "25")),
        (date(1926, 12, 24), ("T", "15", "12", "24")),
        (date(1912, 7, 30), ("T", "01", "07", "30")),
    ],
)
def test_the_first_and_last_day_of_each_era(day: date, written: tuple[str, ...]) -> None:
    assert era_date(day) == written


def test_before_the_eras_of_the_form() -> None:
    with pytest.raises(ValueError, match="大正"):
        era_date(date(1912, 7, 29))


def test_a_line_of_the_inquiry() -> None:
    officer = Officer("たかはし　はなこ", "髙橋 花子", date(1970, 2, 3), "F", "長野市1", "理事")
    assert police_rows([officer], "ＮＰＯ法人A") == [
        ("ﾀｶﾊｼ ﾊﾅｺ", "髙橋　花子", "S", "45", "02", "03", "F", "長野市1", "ＮＰＯ法人A", "理事")
    ]


def test_a_new_key_reads_what_the_old_one_wrote(settings: Any) -> None:
    settings.FIELD_KEYS = ["old"]
    sealed = encrypt("髙橋 𠮷")
    assert "髙橋".encode() not in sealed
    settings.FIELD_KEYS = ["new", "old"]
    assert decrypt(sealed) == "髙橋 𠮷"
    fresh = encrypt("髙橋 𠮷")
    settings.FIELD_KEYS = ["new"]
    assert decrypt(fresh) == "髙橋 𠮷"
    with pytest.raises(ValueError, match="known keys"):
        decrypt(sealed)


def test_a_changed_byte_is_found() -> None:
    sealed = bytearray(encrypt("秘密"))
    sealed[20] ^= 1
    with pytest.raises(ValueError, match="known keys"):
        decrypt(bytes(sealed))
