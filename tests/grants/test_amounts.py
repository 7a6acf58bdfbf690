"""所要額調書 A–I, the clock, the window, what a decision may give: yen and days. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.awards.rules import amount_reasons
from grants.filings.api import clock
from grants.plans.amounts import compute, required_amounts, rows
from grants.programmes.api import JST, window_reasons
from tests.grants.plans_of import plan, terms

YEN = st.integers(min_value=0, max_value=10**12)
RATES = st.sampled_from(
    [Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1), Fraction(1, 3)]
)


# a, b, d, terms, h → f, g, i, which column decides (all yen)
@pytest.mark.parametrize(
    ("a", "b", "d", "changed", "h", "f", "g", "i", "decides"),
    [
        (12_345_678, 300_000, 12_345_678, {}, 0, 12_045_678, 6_022_000, 6_022_000, "C"),
        (12_345_678, 0, 12_045_678, {}, 0, 12_045_678, 6_022_000, 6_022_000, "D"),
        (
            9_000_000,
            0,
            9_000_000,
            {"base_amount": 5_000_001},
            0,
            5_000_001,
            2_500_000,
            2_500_000,
            "E",
        ),
        (9_000_000, 0, 9_000_000, {"base_amount": 0}, 0, 0, 0, 0, "E"),
        (100, 300, 100, {}, 0, 0, 0, 0, "C"),
        (1_999, 0, 1_999, {}, 0, 1_999, 0, 0, "C"),
        (2_000, 0, 2_000, {}, 0, 2_000, 1_000, 1_000, "C"),
        (
            9_000_000,
            0,
            9_000_000,
            {"grant_cap": 3_000_000},
            0,
            9_000_000,
            3_000_000,
            3_000_000,
            "C",
        ),
        (9_000_000, 0, 9_000_000, {}, 4_000_000, 9_000_000, 4_500_000, 500_000, "C"),
        (9_000_000, 0, 9_000_000, {}, 5_000_000, 9_000_000, 4_500_000, 0, "C"),
        (
            10_000,
            0,
            10_000,
            {"grant_rate": Fraction(2, 3), "amount_unit": 1},
            0,
            10_000,
            6_666,
            6_666,
            "C",
        ),
        (0, 0, 0, {}, 0, 0, 0, 0, "C"),
    ],
    ids=[
        "the worked example",
        "D decides",
        "E comes before the rate",
        "a base amount of zero is not none",
        "income above the cost",
        "below one unit",
        "one unit",
        "the ceiling comes after the rate",
        "less what was decided",
        "more was decided than is due",
        "two thirds, cut once",
        "nothing",
    ],
)
def test_the_table(
    a: int, b: int, d: int, changed: dict, h: int, f: int, g: int, i: int, decides: str
) -> None:
    found = compute(a, b, d, terms(**changed), h)
    assert (found.f, found.g, found.i, found.decides) == (f, g, i, decides)
    assert found.c == a - b


@given(a=YEN, b=YEN, d=YEN, rate=RATES, unit=st.sampled_from([1, 10, 1000]), h=YEN)
def test_what_always_holds(a: int, b: int, d: int, rate: Fraction, unit: int, h: int) -> None:
    found = compute(a, b, d, terms(grant_rate=rate, amount_unit=unit), h)
    assert found.f == max(0, min(a - b, d))
    assert found.g % unit == 0
    assert found.g <= found.f * rate < found.g + unit
    assert 0 <= found.i <= found.g


@given(a=YEN, d=YEN, base=YEN, cap=YEN)
def test_limits_only_lower_it(a: int, d: int, base: int, cap: int) -> None:
    free = compute(a, 0, d, terms())
    limited = compute(a, 0, d, terms(base_amount=base, grant_cap=cap))
    assert limited.g <= min(free.g, cap)
    assert limited.f <= base


@given(a=YEN, more=st.integers(0, 10**9), d=YEN)
def test_more_cost_never_gives_less(a: int, more: int, d: int) -> None:
    assert compute(a + more, 0, d, terms()).g >= compute(a, 0, d, terms()).g


def test_of_a_plan() -> None:
    """Three lines of 125,000 and 30,000 of income."""
    found = required_amounts(plan(), terms())
    assert (found.a, found.b, found.d, found.i) == (375_000, 30_000, 375_000, 172_000)


def test_the_rows_tell_how_each_came_about() -> None:
    shown = {row.column: row for row in rows(compute(12_345_678, 300_000, 12_345_678, terms()))}
    assert list(shown) == list("ABCDEFGHI")
    assert shown["E"].amount is None
    assert shown["E"].how == "定めなし"
    assert "6,022,839円" in shown["G"].how
    assert "1,000円未満切捨て" in shown["G"].how or "千円未満" in shown["G"].how


class TestDecision:
    """適正化法6条1項, 3項: to the yen."""

    @pytest.mark.parametrize(
        ("amount", "decided", "reason", "words"),
        [
            (1_000, 0, "", []),
            (0, 0, "理由", ["1円以上"]),
            (1_001, 0, "理由", ["I欄"]),
            (1_000, 9_000, "", []),
            (1_000, 9_001, "", ["1円超えます"]),
            (999, 0, "", ["修正の理由"]),
            (999, 0, "対象外の経費", []),
            (1_001, 9_000, "", ["I欄", "1円超えます", "修正の理由"]),
        ],
    )
    def test_reasons(self, amount: int, decided: int, reason: str, words: list[str]) -> None:
        found = list(
            amount_reasons(
                amount, ceiling=1_000, applied=1_000, budget=10_000, decided=decided, reason=reason
            )
        )
        assert len(found) == len(words)
        assert all(word in one for word, one in zip(words, found, strict=True))


class TestClock:
    """適正化法6条2項: arrival is day 0; a return stops it, its day still counts."""

    ARRIVED = date(2026, 4, 10)

    @pytest.mark.parametrize(
        ("today", "stopped", "returned", "elapsed", "ends"),
        [
            (date(2026, 4, 10), 0, None, 0, date(2026, 5, 10)),
            (date(2026, 4, 11), 0, None, 1, date(2026, 5, 10)),
            (date(2026, 5, 10), 0, None, 30, date(2026, 5, 10)),
            (date(2026, 4, 20), 0, date(2026, 4, 20), 10, date(2026, 5, 10)),
            (date(2026, 4, 25), 0, date(2026, 4, 20), 10, date(2026, 5, 15)),
            (date(2026, 4, 25), 5, None, 10, date(2026, 5, 15)),
            (date(2026, 4, 30), 5, date(2026, 4, 28), 13, date(2026, 5, 17)),
        ],
    )
    def test_days(
        self, today: date, stopped: int, returned: date | None, elapsed: int, ends: date
    ) -> None:
        found = clock(self.ARRIVED, today, 30, stopped, returned)
        assert (found.elapsed, found.ends_on) == (elapsed, ends)
        assert found.left == 30 - elapsed

    @given(days=st.integers(0, 400), back=st.integers(0, 400), wait=st.integers(0, 100))
    def test_while_it_is_returned_no_day_passes(self, days: int, back: int, wait: int) -> None:
        returned = self.ARRIVED + timedelta(days=back)
        today = returned + timedelta(days=wait)
        found = clock(self.ARRIVED, today, 30, 0, returned)
        assert found.elapsed == back
        assert (found.ends_on - today).days == 30 - back


class TestWindow:
    """適正化法5条: the time that the minister sets, to the second, in Japan's zone."""

    OPENS = datetime(2026, 4, 3, 9, tzinfo=JST)
    CLOSES = datetime(2026, 5, 29, 17, tzinfo=JST)

    @pytest.mark.parametrize(
        ("now", "extended", "words"),
        [
            (OPENS - timedelta(seconds=1), None, "に始まります"),
            (OPENS, None, ""),
            (CLOSES, None, ""),
            (CLOSES + timedelta(seconds=1), None, "制度管理者"),
            (CLOSES + timedelta(days=3), CLOSES + timedelta(days=3), ""),
            (CLOSES + timedelta(days=3, seconds=1), CLOSES + timedelta(days=3), "締切"),
            (CLOSES, CLOSES - timedelta(days=9), ""),
        ],
        ids=["before", "first", "last", "after", "extended", "after it", "no shortening"],
    )
    def test_moments(self, now: datetime, extended: datetime | None, words: str) -> None:
        found = " ".join(window_reasons(terms(), now, extended_to=extended))
        assert (words in found) if words else not found
