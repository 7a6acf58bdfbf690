"""Rates and days as the 制度管理者 types them: read, shown, and written back the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grants.programmes.keys import BY_NAME
from grants.programmes.value_kinds import MONTH_DAY, PERCENT


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("10.95", Fraction(219, 2000)),
        ("１０．９５％", Fraction(219, 2000)),
        ("3", Fraction(3, 100)),
        ("10", Fraction(1, 10)),
        ("0", Fraction(0)),
        ("8.7321", Fraction(87321, 1_000_000)),
    ],
)
def test_a_rate_is_an_exact_share(text: str, share: Fraction) -> None:
    assert PERCENT.read(text) == share
    assert PERCENT.read(PERCENT.write(share)) == share


@pytest.mark.parametrize("text", ["", "年10%", "-1", "101"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PERCENT.read(text)


def test_a_day_of_any_year() -> None:
    assert MONTH_DAY.read("04-10") == (4, 10)
    assert MONTH_DAY.show((4, 10)) == "4月10日"
    assert MONTH_DAY.read(MONTH_DAY.write((4, 30))) == (4, 30)


@pytest.mark.parametrize("text", ["", "4月10日", "13-01", "02-29", "04-31"])
def test_a_day_that_not_every_year_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="04-10"):
        MONTH_DAY.read(text)


def test_19_the_first_rate_is_the_law_s() -> None:
    key = BY_NAME["interest_rate"]
    assert key.kind.read(key.first) == Fraction(1095, 10_000)
    assert "19条" in key.source
