"""The computation of 仕入控除税額 to the yen, each truncation on its own line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.conditions.rules import is_day_to_remind
from grants.guideline.api import Subject, judge
from grants.input_tax.rules import (
    Bought,
    Declared,
    against_purchases,
    compute,
    due_day,
    state_share,
    transitional_share,
)
from grants.kinds.input_tax.requirements import InputTaxSubject, Reported

HALF = Fraction(1, 2)
BASE = Declared(
    name="みらい",
    is_body=False,
    cost=1_234_567,
    has_filed=True,
    method="full",
    costs={(10, "taxed_sales"): 1_000_000, (8, "common"): 200_000},
    untaxed=34_567,
    taxed_sales=9_700_000,
    all_sales=10_000_000,
)


def declared(**changed: Any) -> Declared:
    return replace(BASE, **changed)


INDIVIDUAL = {
    "method": "individual",
    "costs": {
        (10, "taxed_sales"): 300_000,
        (10, "common"): 500_000,
        (10, "other"): 200_000,
        (8, "common"): 200_000,
    },
    "taxed_sales": 6_000_001,
    "all_sales": 9_000_000,
}


@pytest.mark.parametrize(
    ("given_", "deducted", "returned"),
    [
        # 1,000,000×10/110=90,909.09… → 90,909; 200,000×8/108=14,814.81… → 14,814; half of 105,723.
        pytest.param({}, 105_723, 52_861, id="30条1項-full"),
        # 90,909×2/3=60,606; 14,814×2/3=9,876; half of 70,482.
        pytest.param(
            {"method": "proportional", "taxed_sales": 6_000_000, "all_sales": 9_000_000},
            70_482,
            35_241,
            id="30条2項2号-proportional",
        ),
        # 300,000 → 27,272 whole; 500,000 → 45,454 → 30,302 by the share; 14,814 → 9,876.
        pytest.param(INDIVIDUAL, 27_272 + 30_302 + 9_876, 33_725, id="30条2項1号-individual"),
        pytest.param({"method": "general_account"}, 0, 0, id="60条6項-general-account"),
        pytest.param({"method": "exempt"}, 0, 0, id="9条-exempt"),
        pytest.param({"method": "simplified"}, 0, 0, id="37条-simplified"),
        pytest.param({"method": "specified_income"}, 0, 0, id="60条4項-specified-income"),
        pytest.param({"method": ""}, 0, 0, id="条件-not-said-yet"),
        pytest.param(
            {"method": "proportional", "taxed_sales": 0, "all_sales": 0}, 0, 0, id="30条-no-sales"
        ),
    ],
)
def test_to_the_yen(given_: dict[str, Any], deducted: int, returned: int) -> None:
    found = compute(declared(**given_), HALF)
    assert (found.deducted, found.returned) == (deducted, returned)
    assert found.steps[-1].amount == returned
    assert [step.decides for step in found.steps] == [*[False] * (len(found.steps) - 1), True]


def test_every_line_says_how_it_came_about() -> None:
    steps = compute(declared(**INDIVIDUAL), HALF).steps
    assert [step.how for step in steps] == [
        "300,000×10／110、１円未満切捨て",
        "500,000×10／110、１円未満切捨て",
        "45,454×課税売上割合（6,000,001／9,000,000）、１円未満切捨て",
        "200,000×8／108、１円未満切捨て",
        "14,814×課税売上割合（6,000,001／9,000,000）、１円未満切捨て",
        "上の控除する額の合計",
        "67,450×1／2、１円未満切捨て",
    ]


@given(
    cost=st.integers(0, 10**9),
    taxed=st.integers(0, 10**9),
    more=st.integers(0, 10**9),
    method=st.sampled_from(["full", "proportional", "individual"]),
)
def test_never_more_than_the_tax_that_was_paid(
    cost: int, taxed: int, more: int, method: str
) -> None:
    found = compute(
        declared(
            method=method, costs={(10, "common"): cost}, taxed_sales=taxed, all_sales=taxed + more
        ),
        HALF,
    )
    assert 0 <= found.returned * 2 <= found.deducted
    assert found.deducted * 110 <= cost * 10


@pytest.mark.parametrize(
    ("which", "fixed", "eligible", "expected"),
    [
        pytest.param("rate", 1, 1_000, HALF, id="交付率"),
        pytest.param("actual", 400, 1_000, Fraction(2, 5), id="確定額の割合"),
        pytest.param("actual", 600, 1_000, HALF, id="確定額の割合-never-above-the-rate"),
        pytest.param("actual", 0, 0, HALF, id="対象経費なし"),
    ],
)
def test_the_share_of_the_award(which: str, fixed: int, eligible: int, expected: Fraction) -> None:
    assert state_share(which, HALF, fixed, eligible) == expected


@pytest.mark.parametrize("year", range(2024, 2034))
def test_the_year_after_next_on_30_june(year: int) -> None:
    assert due_day(year, 2, (6, 30)) == date(year + 2, 6, 30)
    assert due_day(year, 2, (3, 31)) == date(year + 3, 3, 31)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-04-01", True),
        ("2027-05-31", True),
        ("2027-06-29", False),
        ("2027-06-30", True),
        ("2027-07-01", True),
        ("2027-07-02", False),
        ("2027-07-31", True),
        ("2028-06-25", True),
    ],
)
def test_reminded_before_on_and_every_month_after(today: str, expected: bool) -> None:
    assert is_day_to_remind(date(2027, 6, 30), date.fromisoformat(today)) is expected


def unmet(one: Declared) -> set[str]:
    subject = InputTaxSubject((Reported("1", one, 0),))
    return {j.requirement.id for j in judge(Subject.INPUT_TAX, subject) if not j.is_met}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, set(), id="条件-whole"),
        pytest.param({"has_filed": None}, {"input_tax.whole"}, id="条件-filed"),
        pytest.param({"method": ""}, {"input_tax.whole"}, id="条件-method"),
        pytest.param(
            {"all_sales": None}, {"input_tax.whole", "input_tax.method"}, id="条件-no-sales"
        ),
        pytest.param({"untaxed": 34_566}, {"input_tax.sum"}, id="条件-one-yen-short"),
        pytest.param({"untaxed": 34_568}, {"input_tax.sum"}, id="条件-one-yen-over"),
        pytest.param({"taxed_sales": 9_500_000}, set(), id="30条-95-per-cent"),
        pytest.param({"taxed_sales": 9_499_999}, {"input_tax.method"}, id="30条-below-95"),
        pytest.param(
            {"taxed_sales": 500_000_000, "all_sales": 500_000_000}, set(), id="30条-5億円"
        ),
        pytest.param(
            {"taxed_sales": 500_000_001, "all_sales": 500_000_001},
            {"input_tax.method"},
            id="30条-above-5億円",
        ),
        pytest.param({"method": "exempt"}, {"input_tax.method"}, id="9条-files-nothing"),
        pytest.param({"method": "exempt", "has_filed": False}, set(), id="9条"),
        pytest.param(
            {"method": "simplified", "has_filed": False}, {"input_tax.method"}, id="37条-must-file"
        ),
        pytest.param(
            {"method": "general_account", "has_filed": False},
            {"input_tax.method"},
            id="60条6項-a-body-alone",
        ),
        pytest.param(
            {"method": "general_account", "has_filed": False, "is_body": True}, set(), id="60条6項"
        ),
        # 526,316 / 10,526,316 is above 5 %, 526,315 / 10,526,315 is not.
        pytest.param(
            {"method": "specified_income", "specified_income": 526_316}, set(), id="60条4項"
        ),
        pytest.param(
            {"method": "specified_income", "specified_income": 526_315},
            {"input_tax.method"},
            id="60条4項-not-above-5",
        ),
        pytest.param({"specified_income": 526_316}, {"input_tax.method"}, id="60条4項-deducts"),
    ],
)
def test_what_a_report_must_say(changed: dict[str, Any], said: set[str]) -> None:
    assert unmet(declared(**changed)) == said


def test_something_is_reported() -> None:
    found = judge(Subject.INPUT_TAX, InputTaxSubject(()))
    assert [one.requirement.id for one in found if one.blocks] == ["input_tax.any"]


TRANSITION = (
    (date(2026, 9, 30), Fraction(80, 100)),
    (date(2028, 9, 30), Fraction(70, 100)),
    (date(2030, 9, 30), Fraction(50, 100)),
    (date(2031, 9, 30), Fraction(30, 100)),
)


@pytest.mark.parametrize(
    ("day", "share"),
    [
        pytest.param(date(2026, 9, 30), Fraction(8, 10), id="附則52条-last-day-of-80"),
        pytest.param(date(2026, 10, 1), Fraction(7, 10), id="附則52条-first-day-of-70"),
        pytest.param(date(2028, 9, 30), Fraction(7, 10), id="附則52条-last-day-of-70"),
        pytest.param(date(2028, 10, 1), Fraction(5, 10), id="附則53条-first-day-of-50"),
        pytest.param(date(2030, 10, 1), Fraction(3, 10), id="附則53条-first-day-of-30"),
        pytest.param(date(2031, 9, 30), Fraction(3, 10), id="附則53条-last-day-of-30"),
        pytest.param(date(2031, 10, 1), Fraction(0), id="附則53条-nothing-after"),
    ],
)
def test_how_much_of_a_purchase_without_a_number_is_deducted(day: date, share: Fraction) -> None:
    assert transitional_share(TRANSITION, day) == share


def bought(amount: int, number: str = "", **changed: Any) -> Bought:
    given = {"percent": 10, "use": "taxed_sales", "bought_on": date(2026, 11, 2)}
    return Bought(
        **{"supplier": "まちの大工", "number": number, "amount": amount, **given, **changed}
    )


@pytest.mark.parametrize(
    ("method", "purchases", "deducted"),
    [
        # 1,100,000円 holds 100,000円 of tax.
        pytest.param("full", (), 100_000, id="30条-all-with-a-number"),
        pytest.param("full", (bought(1_100_000),), 70_000, id="附則52条-all-without"),
        pytest.param("full", (bought(330_000),), 91_000, id="附則52条-a-part-without"),
        pytest.param(
            "full", (bought(330_000, "T1234567890123"),), 100_000, id="57条の2-with-a-number"
        ),
        pytest.param(
            "full",
            (bought(330_000, bought_on=date(2026, 9, 30)), bought(330_000)),
            85_000,
            id="附則52条-each-by-its-own-day",
        ),
        pytest.param(
            "full", (bought(110, bought_on=date(2031, 10, 1)),), 99_990, id="附則53条-after-the-end"
        ),
        # 30,000 × 70% = 21,000; (70,000 + 21,000) × 1/2.
        pytest.param("proportional", (bought(330_000),), 45_500, id="30条2項2号-then-the-share"),
        pytest.param("individual", (bought(330_000),), 91_000, id="30条2項1号-for-taxed-sales"),
        pytest.param("exempt", (bought(330_000),), 0, id="9条-nothing-is-deducted"),
    ],
)
def test_purchases_without_a_number_line_by_line(
    method: str, purchases: tuple[Bought, ...], deducted: int
) -> None:
    declared = Declared(
        name="みらい",
        is_body=False,
        cost=1_100_000,
        has_filed=method != "exempt",
        method=method,
        costs={(10, "taxed_sales"): 1_100_000},
        taxed_sales=50,
        all_sales=100,
        purchases=purchases,
    )
    found = compute(declared, Fraction(1, 2), TRANSITION)
    assert found.deducted == deducted
    assert found.returned == deducted // 2


@given(
    amounts=st.lists(st.integers(1, 300_000), max_size=6),
    day=st.dates(date(2024, 4, 1), date(2033, 3, 31)),
)
def test_a_missing_number_never_makes_the_deduction_more(amounts: list[int], day: date) -> None:
    def deducted(number: str) -> int:
        lines = tuple(bought(amount, number, bought_on=day) for amount in amounts)
        declared = Declared(
            name="みらい",
            is_body=False,
            cost=2_000_000,
            has_filed=True,
            method="full",
            costs={(10, "taxed_sales"): 2_000_000},
            taxed_sales=97,
            all_sales=100,
            purchases=lines,
        )
        return compute(declared, Fraction(1, 2), TRANSITION).deducted

    assert deducted("") <= deducted("T1234567890123")


@pytest.mark.parametrize(
    ("amount", "percent", "said"),
    [(1_100_000, 10, 0), (1_100_001, 10, 1), (1, 8, 1)],
    ids=["all-of-it", "one-yen-above", "another-rate"],
)
def test_purchases_stay_within_the_cost(amount: int, percent: int, said: int) -> None:
    declared = Declared(
        name="みらい",
        is_body=False,
        cost=1_100_000,
        has_filed=True,
        method="full",
        costs={(10, "taxed_sales"): 1_100_000},
        purchases=(bought(amount, percent=percent),),
    )
    assert len(list(against_purchases(declared))) == said
