from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.money import (
    Rate,
    Rounding,
    RoundingMode,
    floor_to,
    format_number,
    format_thousands,
    format_yen,
    read_decimal,
    read_integer,
    read_yen,
)

YEN = st.integers(min_value=-(10**14), max_value=10**14)
UNITS = st.sampled_from([1, 10, 100, 1000, 10_000])


@pytest.mark.parametrize(
    ("mode", "amount", "expected"),
    [
        ("down", 6_022_839, 6_022_000),
        ("down", 6_022_000, 6_022_000),
        ("down", 999, 0),
        ("down", -1_500, -1_000),
        ("up", 6_022_001, 6_023_000),
        ("up", -1_500, -2_000),
        ("half_up", 1_499, 1_000),
        ("half_up", 1_500, 2_000),
    ],
)
def test_rounding_by_rule(mode: str, amount: int, expected: int) -> None:
    assert Rounding(1000, RoundingMode(mode)).apply(amount) == expected


def test_grant_of_the_worked_example() -> None:
    share = Rate(1, 2).of(12_345_678 - 300_000)
    assert share == Fraction(6_022_839)
    assert floor_to(share, 1000) == 6_022_000


@given(YEN, UNITS)
def test_cutting_off_loses_less_than_one_unit(amount: int, unit: int) -> None:
    cut = floor_to(amount, unit)
    assert cut % unit == 0
    assert 0 <= abs(amount) - abs(cut) < unit


@given(YEN, UNITS, st.sampled_from(RoundingMode))
def test_rounding_twice_changes_nothing(amount: int, unit: int, mode: RoundingMode) -> None:
    rounding = Rounding(unit, mode)
    assert rounding.apply(rounding.apply(amount)) == rounding.apply(amount)


def test_rounding_names_itself() -> None:
    assert Rounding().label == "千円未満切捨て"
    assert Rounding(1, RoundingMode.HALF_UP).label == "１円未満四捨五入"


def test_rounding_unit_below_one_yen_is_refused() -> None:
    with pytest.raises(ValueError, match="unit"):
        Rounding(0)


@pytest.mark.parametrize("text", ["1/2", "１／２", "2分の1", "２分の１"])
def test_rate_is_read_as_written(text: str) -> None:
    rate = Rate.parse(text)
    assert rate == Rate(1, 2)
    assert (str(rate), rate.label) == ("1/2", "2分の1")


def test_ten_tenths_stay_ten_tenths() -> None:
    assert str(Rate.parse("10/10")) == "10/10"
    assert Rate.parse("10/10").of(7) == 7


@pytest.mark.parametrize("text", ["3/2", "1/0", "0.5", "", "-1/2"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"rate|share"):
        Rate.parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234000", 1_234_000),
        ("1,234,000", 1_234_000),
        ("１，２３４，０００円", 1_234_000),
        ("１２３４０００", 1_234_000),
        (" 1 234 000 ", 1_234_000),
        ("金1,234,000円", 1_234_000),
        ("金 1,234,000円也", 1_234_000),
        ("¥1,234,000", 1_234_000),
        ("￥1,234,000", 1_234_000),
        ("△1,000", -1_000),
        ("▲1,000円", -1_000),
        ("−1000", -1_000),
        ("－１０００", -1_000),
        ("1234.00", 1_234),
        ("0", 0),
    ],
)
def test_amounts_as_people_type_them(text: str, expected: int) -> None:
    reading = read_yen(text)
    assert (reading.value, reading.problem) == (expected, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("１０円", "全角の数字を半角にしました。"),
        ("10円", "「円」を外しました。"),
        ("1,000", "桁区切りのカンマを外しました。"),
        ("△5", "「△」を負の数として読みました。"),
    ],
)
def test_what_was_normalised_is_said(text: str, said: str) -> None:
    assert said in read_yen(text).notes


def test_nothing_is_said_of_an_amount_typed_as_it_is_kept() -> None:
    assert read_yen("1234000").notes == ()


@pytest.mark.parametrize(
    ("text", "instruction"),
    [
        ("1,234千円", "1234000と入力してください"),
        ("5,000万円", "50000000と入力してください"),
        ("1.5百万円", "1500000と入力してください"),
        ("△2億円", "-200000000と入力してください"),
        ("0.00001万円", "円の単位で入力してください"),
        ("数千円", "円の単位で入力してください"),
        ("1,23", "カンマ"),
        ("12,34,567", "カンマ"),
        ("100.5", "1円単位"),
        ("3～4", "1つの金額"),
        ("百万", "数字で入力してください"),
        ("①", "数字で入力してください"),
        ("=1+1", "数字で入力してください"),
        ("9" * 16, "15桁まで"),
    ],
)
def test_amounts_that_are_not_guessed(text: str, instruction: str) -> None:
    reading = read_yen(text)
    assert reading.value is None
    assert reading.problem is not None
    assert instruction in reading.problem


@pytest.mark.parametrize("text", ["", " ", "　"])
def test_blank_is_neither_a_value_nor_a_problem(text: str) -> None:
    assert read_yen(text).is_blank
    assert read_integer(text).is_blank
    assert read_decimal(text).is_blank


@given(YEN)
def test_what_is_printed_is_read_back(amount: int) -> None:
    assert read_yen(format_yen(amount)).value == amount


@given(st.text(max_size=20))
def test_any_text_gets_a_value_or_a_problem(text: str) -> None:
    reading = read_yen(text)
    assert reading.original == text
    assert reading.value is None or reading.problem is None


def test_units_are_taken_off_and_said() -> None:
    reading = read_integer("１２人", units=("人", "件"))
    assert reading.value == 12
    assert reading.notes == ("全角の数字を半角にしました。", "単位の「人」を外しました。")


@pytest.mark.parametrize("text", ["1.5", "12人", "x"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    assert read_integer(text).problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.5", "1.5"), ("１．５時間", "1.5"), ("1,000.25", "1000.25"), ("2.500", "2.5"), ("3", "3")],
)
def test_quantities(text: str, expected: str) -> None:
    assert read_decimal(text, units=("時間",)).value == Decimal(expected)


def test_quantity_with_too_many_places_is_refused() -> None:
    assert "3桁まで" in (read_decimal("1.2345").problem or "")


def test_printed_amounts() -> None:
    assert format_yen(-1_234_000) == "△1,234,000円"
    assert format_thousands(12_345_678) == "12,345千円"
    assert format_number(Decimal("1234.5")) == "1,234.5"
