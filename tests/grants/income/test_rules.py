"""収益納付 to the yen, its years and its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.guideline.api import Subject, judge
from grants.income.rules import (
    Basis,
    YearFigures,
    compute,
    due_of,
    payable,
    report_years,
)
from grants.kinds.income.requirements import IncomeSubject
from portal.core.dates import FiscalYear

HALF = Fraction(1, 2)
# 総事業費 10,000,000円, of which 400,000円 were given; the grant is 4,000,000円, the body bore 5,600,000円.
BASE = Basis(total=10_000_000, contributed=400_000, fixed=4_000_000, elsewhere=0, rate=HALF)


def basis(**changed: Any) -> Basis:
    return replace(BASE, **changed)


def year(income: int, costs: int = 0, number: int = 2027) -> YearFigures:
    return YearFigures(FiscalYear(number), income, costs)


@pytest.mark.parametrize(
    ("income", "costs", "changed", "expected"),
    [
        pytest.param(0, 0, {}, 0, id="7条2項-no-income"),
        # 6,000,001 − 100,000 − 5,600,000 = 300,001; × 4/10 = 120,000.4.
        pytest.param(6_000_001, 100_000, {}, 120_000, id="7条2項-cut-below-one-yen"),
        pytest.param(5_700_000, 100_000, {}, 0, id="7条2項-no-more-than-was-borne"),
        pytest.param(5_700_003, 100_000, {}, 1, id="7条2項-the-first-yen"),
        pytest.param(300_001, 100_000, {"deducted": ("costs",)}, 80_000, id="交付要綱-costs-alone"),
        pytest.param(300_001, 100_000, {"deducted": ()}, 120_000, id="交付要綱-nothing-deducted"),
        pytest.param(
            300_001, 0, {"deducted": (), "share_by": "rate"}, 150_000, id="交付要綱-by-the-rate"
        ),
        pytest.param(
            9_999, 0, {"deducted": (), "threshold": 10_000}, 0, id="交付要綱-below-the-threshold"
        ),
        pytest.param(
            10_000, 0, {"deducted": (), "threshold": 10_000}, 4_000, id="交付要綱-at-the-threshold"
        ),
        pytest.param(99_000_000, 0, {"deducted": ()}, 4_000_000, id="7条2項-never-above-the-grant"),
        pytest.param(
            99_000_000,
            0,
            {"deducted": (), "elsewhere": 1_000_000},
            3_000_000,
            id="交付要綱-less-what-goes-back-elsewhere",
        ),
        pytest.param(
            99_000_000,
            0,
            {"deducted": (), "elsewhere": 1_000_000, "ceiling_by": "fixed"},
            4_000_000,
            id="交付要綱-the-whole-grant",
        ),
        pytest.param(
            99_000_000, 0, {"deducted": (), "elsewhere": 5_000_000}, 0, id="7条2項-all-came-back"
        ),
        pytest.param(
            100, 0, {"deducted": (), "total": 0}, 50, id="7条2項-no-total-counts-by-the-rate"
        ),
        pytest.param(
            100, 0, {"deducted": (), "total": 1}, 100, id="7条2項-a-share-is-never-above-all"
        ),
    ],
)
def test_to_the_yen(income: int, costs: int, changed: dict[str, Any], expected: int) -> None:
    found = compute([year(income, costs)], basis(**changed))
    assert (found.total, found.due) == (expected, expected)
    assert found.steps[-1].amount == expected
    assert [step.decides for step in found.steps] == [*[False] * (len(found.steps) - 1), True]


def test_every_line_says_how_it_came_about() -> None:
    found = compute([year(5_900_000, 50_000), year(100_001, 50_000, 2028)], BASE, 20_000)
    assert [(step.label, step.how, step.amount) for step in found.steps] == [
        ("収入の累計", "令和9年度5,900,000＋令和10年度100,001", 6_000_001),
        ("必要経費の累計", "令和9年度50,000＋令和10年度50,000", 100_000),
        (
            "自己負担額",
            "総事業費10,000,000−寄附金その他の収入400,000−確定額4,000,000",
            5_600_000,
        ),
        ("控除した後の収益", "収入−必要経費−自己負担額（負になるときは0円）", 300_001),
        ("国の分", "300,001×確定額4,000,000／総事業費10,000,000、１円未満切捨て", 120_000),
        ("納付の上限", "確定額4,000,000−ほかに国に返す額0", 4_000_000),
        ("納付する額の累計", "国の分と上限の、いずれか少ない額", 120_000),
        ("すでに納付することとした額", "確認された報告の合計", 20_000),
        ("この報告による納付額", "納付する額の累計−すでに納付することとした額", 100_000),
    ]


def test_what_the_body_bore_is_deducted_once() -> None:
    """Year after year, what goes back adds up to what all years together ask."""
    years = [year(4_000_000), year(3_000_000, 0, 2028), year(1_000_000, 0, 2029)]
    sums = [compute(years[: n + 1], BASE).total for n in range(3)]
    assert sums == [0, 560_000, 960_000]
    third = compute(years, BASE, 560_000)
    assert third.due == 400_000


def test_a_later_loss_takes_nothing_back() -> None:
    years = [year(6_000_000), year(0, 300_000, 2028)]
    found = compute(years, BASE, 160_000)
    assert (found.total, found.due) == (160_000, 0)
    assert any("後の年度の損失では減らさない" in step.how for step in found.steps)


def test_a_correction_may_lower() -> None:
    found = compute([year(5_700_000)], BASE, 160_000, is_correction=True)
    assert (found.total, found.due) == (40_000, -120_000)


YEN = st.integers(0, 10**11)
BASES = st.builds(
    Basis,
    total=YEN,
    contributed=YEN,
    fixed=YEN,
    elsewhere=YEN,
    rate=st.fractions(0, 1, max_denominator=100),
    deducted=st.sampled_from([(), ("costs",), ("own",), ("costs", "own")]),
    share_by=st.sampled_from(["actual", "rate"]),
    threshold=st.integers(0, 10**6),
    ceiling_by=st.sampled_from(["net", "fixed"]),
)


@given(found=BASES, years=st.lists(st.tuples(YEN, YEN), min_size=1, max_size=6), before=YEN)
def test_never_below_zero_and_never_above_the_ceiling(
    found: Basis, years: list[tuple[int, int]], before: int
) -> None:
    figures = [year(income, costs, 2027 + n) for n, (income, costs) in enumerate(years)]
    computed = compute(figures, found, before)
    assert computed.due >= 0
    assert 0 <= computed.total <= found.ceiling <= found.fixed
    assert computed.due + before <= max(found.ceiling, before)


@given(found=BASES, years=st.lists(st.tuples(YEN, YEN), min_size=1, max_size=6))
def test_reported_year_by_year_it_comes_to_the_same(
    found: Basis, years: list[tuple[int, int]]
) -> None:
    figures = [year(income, costs, 2027 + n) for n, (income, costs) in enumerate(years)]
    ordered = 0
    for n in range(len(figures)):
        ordered += compute(figures[: n + 1], found, ordered).due
    assert ordered == compute(figures, found).total


@given(found=BASES, parts=st.lists(YEN, min_size=1, max_size=8))
def test_splitting_rows_never_changes_the_sum(found: Basis, parts: list[int]) -> None:
    assert payable(sum(parts), 0, found) == payable(sum(reversed(parts)), 0, found)
    split = [half for part in parts for half in (part // 2, part - part // 2)]
    whole = compute([year(sum(parts))], found)
    assert compute([year(sum(split))], found) == whole


@pytest.mark.parametrize(
    ("completed", "first", "expected"),
    [
        pytest.param(date(2027, 3, 31), "next", [2027, 2028], id="交付要綱-the-year-after"),
        pytest.param(date(2027, 4, 1), "next", [2028, 2029], id="交付要綱-the-turn-of-the-year"),
        pytest.param(date(2027, 3, 31), "same", [2026, 2027], id="交付要綱-the-year-itself"),
    ],
)
def test_the_years_that_are_reported_on(completed: date, first: str, expected: list[int]) -> None:
    assert list(report_years(completed, first, 2)) == expected
    assert report_years(completed, first, 0) == ()


# 30 June of ten years with the weekday, and where 次の開庁日 and 前の開庁日 put it.
@pytest.mark.parametrize(
    ("reported", "following", "preceding"),
    [
        (2024, date(2025, 6, 30), date(2025, 6, 30)),
        (2025, date(2026, 6, 30), date(2026, 6, 30)),
        (2026, date(2027, 6, 30), date(2027, 6, 30)),
        (2027, date(2028, 6, 30), date(2028, 6, 30)),
        (2028, date(2029, 7, 2), date(2029, 6, 29)),
        (2029, date(2030, 7, 1), date(2030, 6, 28)),
        (2030, date(2031, 6, 30), date(2031, 6, 30)),
        (2031, date(2032, 6, 30), date(2032, 6, 30)),
        (2032, date(2033, 6, 30), date(2033, 6, 30)),
        (2033, date(2034, 6, 30), date(2034, 6, 30)),
    ],
)
def test_the_day_over_ten_years(reported: int, following: date, preceding: date) -> None:
    asked = FiscalYear(reported)
    assert due_of(asked, (6, 30), "none").day == date(reported + 1, 6, 30)
    assert due_of(asked, (6, 30), "youkou_next").day == following
    assert due_of(asked, (6, 30), "youkou_prev").day == preceding


@pytest.mark.parametrize(
    ("day", "roll", "expected"),
    [
        pytest.param((4, 1), "none", date(2028, 4, 1), id="the-first-day"),
        pytest.param((3, 31), "none", date(2029, 3, 31), id="the-last-day"),
        pytest.param((5, 3), "youkou_next", date(2028, 5, 8), id="憲法記念日-to-monday"),
        pytest.param((1, 1), "youkou_next", date(2029, 1, 4), id="行政機関の休日-new-year"),
        pytest.param(
            (1, 1), "youkou_prev", date(2028, 12, 28), id="行政機関の休日-before-new-year"
        ),
        pytest.param((2, 28), "none", date(2029, 2, 28), id="february"),
    ],
)
def test_days_about_holidays_and_the_turn_of_the_year(
    day: tuple[int, int], roll: str, expected: date
) -> None:
    assert due_of(FiscalYear(2027), day, roll).day == expected


TOLD = IncomeSubject("令和9年度", is_over=True, is_nothing=False, income=1, costs=0)


@pytest.mark.parametrize(
    ("changed", "blocking", "warned"),
    [
        pytest.param({}, set(), set(), id="7条2項-income"),
        pytest.param({"is_nothing": True, "income": 0}, set(), set(), id="7条2項-nothing"),
        pytest.param({"is_nothing": True, "income": 0, "costs": 5}, set(), set(), id="7条2項-loss"),
        pytest.param({"income": 0}, {"income.told"}, set(), id="7条2項-neither"),
        pytest.param({"is_nothing": True}, {"income.told"}, set(), id="7条2項-both"),
        pytest.param({"is_over": False}, {"income.over"}, set(), id="7条2項-too-early"),
        pytest.param({"bare": (("1", "参加料"),)}, set(), {"income.evidence"}, id="交付要綱-bare"),
        pytest.param(
            {"is_correction": True}, {"income.correction"}, set(), id="7条2項-without-a-reason"
        ),
        pytest.param(
            {"is_correction": True, "summary": "誤り"}, set(), set(), id="7条2項-corrected"
        ),
    ],
)
def test_what_a_report_must_say(
    changed: dict[str, Any], blocking: set[str], warned: set[str]
) -> None:
    found = [one for one in judge(Subject.INCOME, replace(TOLD, **changed)) if not one.is_met]
    assert {one.requirement.id for one in found if one.blocks} == blocking
    assert {one.requirement.id for one in found if not one.blocks} == warned
