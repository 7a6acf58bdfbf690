"""Restriction, remaining value and what needs an approval, to the yen and to the day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.properties.rules import (
    Approval,
    Policy,
    Restricted,
    inventory_due,
    permission_for,
    register_reasons,
    value,
    whole_months,
    years_owed,
)
from portal.core.dates import FiscalYear

HALF = Fraction(1, 2)
POLICY = Policy(10, ("divert", "transfer", "lend", "demolish", "discard"), "years", "higher")
BOUGHT = date(2026, 2, 10)


def restricted(amount: int = 1_000_000, years: int = 5, on: date = BOUGHT) -> Restricted:
    return Restricted(amount, on, years, HALF)


@pytest.mark.parametrize(
    ("bought", "years", "last"),
    [
        pytest.param("2026-02-10", 5, "2031-02-10", id="令14条-five-years"),
        pytest.param("2024-02-29", 4, "2028-02-29", id="令14条-leap-to-leap"),
        pytest.param("2024-02-29", 5, "2029-02-28", id="令14条-leap-to-none"),
        pytest.param("2026-03-31", 4, "2030-03-31", id="令14条-end-of-year"),
    ],
)
def test_the_last_day_of_the_restriction(bought: str, years: int, last: str) -> None:
    found = restricted(years=years, on=date.fromisoformat(bought))
    assert found.ends_on == date.fromisoformat(last)
    assert not found.is_free(found.ends_on)
    assert found.is_free(found.ends_on + timedelta(days=1))


@pytest.mark.parametrize(
    ("first", "on", "months"),
    [
        ("2026-02-10", "2026-03-09", 0),
        ("2026-02-10", "2026-03-10", 1),
        ("2026-01-31", "2026-02-28", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2026-02-10", "2026-02-10", 0),
    ],
)
def test_months_that_have_run_out(first: str, on: str, months: int) -> None:
    assert whole_months(date.fromisoformat(first), date.fromisoformat(on)) == months


@pytest.mark.parametrize(
    ("on", "counting", "proceeds", "remaining", "returned"),
    [
        pytest.param("2026-02-10", "years", 0, 1_000_000, 500_000, id="22条-the-same-day"),
        pytest.param("2028-02-09", "years", 0, 800_000, 400_000, id="22条-a-day-before-two"),
        pytest.param("2028-02-10", "years", 0, 600_000, 300_000, id="22条-two-years"),
        # 1,000,000 × 37/60 = 616,666.66… → 616,666; the half is 308,333.
        pytest.param("2028-01-10", "months", 0, 616_666, 308_333, id="22条-months"),
        # 1,826 days in all, 699 gone: 1,127/1,826 of 1,000,000 = 617,196.05… → 617,196.
        pytest.param("2028-01-10", "days", 0, 617_196, 308_598, id="22条-days"),
        pytest.param("2028-02-10", "years", 700_001, 600_000, 350_000, id="22条-higher-proceeds"),
        pytest.param(
            "2028-02-10", "years", 9_000_000, 600_000, 500_000, id="22条-never-above-cost"
        ),
        pytest.param("2031-02-11", "years", 0, 0, 0, id="令14条-over"),
    ],
)
def test_what_is_left_and_what_goes_back(
    on: str, counting: str, proceeds: int, remaining: int, returned: int
) -> None:
    policy = Policy(10, (), counting, "higher")
    found = value(restricted(), date.fromisoformat(on), proceeds, policy)
    assert (found.remaining, found.returned) == (remaining, returned)
    assert found.steps[-1].amount == returned
    assert found.steps[-1].decides


def test_a_programme_that_leaves_proceeds_out() -> None:
    policy = Policy(10, (), "years", "residual")
    assert value(restricted(), date(2028, 2, 10), 900_000, policy).returned == 300_000


@given(
    amount=st.integers(0, 10**10),
    days=st.integers(0, 4_000),
    later=st.integers(0, 400),
    counting=st.sampled_from(["years", "months", "days"]),
)
def test_value_never_rises(amount: int, days: int, later: int, counting: str) -> None:
    policy = Policy(10, (), counting, "higher")
    first, second = BOUGHT + timedelta(days=days), BOUGHT + timedelta(days=days + later)
    one = value(restricted(amount, 8), first, 0, policy)
    two = value(restricted(amount, 8), second, 0, policy)
    assert 0 <= two.remaining <= one.remaining <= amount
    assert two.returned * 2 <= two.remaining


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, None, id="22条-needs-approval"),
        pytest.param({"approvals": [Approval("discard", 0)]}, "approved", id="22条-approved"),
        pytest.param({"approvals": [Approval("transfer", 0)]}, None, id="22条-approved-other-kind"),
        pytest.param(
            {"approvals": [Approval("discard", 99)], "proceeds": 100}, None, id="22条-more-proceeds"
        ),
        pytest.param({"on": date(2036, 2, 9)}, None, id="包括-a-day-before-ten-years"),
        pytest.param({"on": date(2036, 2, 10)}, "blanket", id="包括-ten-years"),
        pytest.param({"on": date(2036, 2, 10), "proceeds": 1}, None, id="包括-not-with-proceeds"),
        pytest.param({"on": date(2036, 2, 10), "kind": "mortgage"}, None, id="包括-not-this-kind"),
        pytest.param({"on": date(2041, 2, 10), "kind": "mortgage"}, None, id="令14条-the-last-day"),
        pytest.param({"on": date(2041, 2, 11), "kind": "mortgage"}, "free", id="令14条-free"),
        pytest.param({"on": date(2041, 2, 11), "proceeds": 1}, "free", id="令14条-free-and-paid"),
    ],
)
def test_why_it_may_be_disposed_of(changed: dict[str, Any], expected: str | None) -> None:
    asked: dict[str, Any] = {
        "kind": "discard",
        "proceeds": 0,
        "on": date(2030, 1, 1),
        "approvals": (),
    }
    found = permission_for(restricted(years=15), policy=POLICY, **{**asked, **changed})
    assert found == expected


REGISTERED: dict[str, Any] = {
    "unit_price": 500_000,
    "threshold": 500_000,
    "amount": 500_000,
    "limit": 1_000_000,
    "registered": 500_000,
    "acquired_on": date(2026, 5, 1),
    "year": FiscalYear(2026),
    "today": date(2026, 5, 1),
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, "", id="令13条-just-right"),
        pytest.param({"unit_price": 499_999}, "500,000円以上", id="令13条-threshold"),
        pytest.param({"registered": 500_001}, "1円超えます", id="22条-never-more-than-spent"),
        pytest.param({"acquired_on": date(2026, 3, 31)}, "令和8年度の日付", id="年度-before"),
        pytest.param({"acquired_on": date(2027, 4, 1)}, "令和8年度の日付", id="年度-after"),
        pytest.param({"acquired_on": date(2026, 5, 2)}, "今日以前", id="年度-tomorrow"),
    ],
)
def test_what_stands_in_the_register(changed: dict[str, Any], said: str) -> None:
    reasons = list(register_reasons(**{**REGISTERED, **changed}))
    assert len(reasons) == bool(said)
    assert said in "".join(reasons)


@pytest.mark.parametrize(
    ("today", "checked", "owed"),
    [
        pytest.param("2026-12-31", (), [], id="管理-year-of-acquisition"),
        pytest.param("2027-09-30", (), [], id="管理-the-last-day"),
        pytest.param("2027-10-01", (), [2027], id="管理-overdue"),
        pytest.param("2028-10-01", (2027,), [2028], id="管理-one-of-two"),
        pytest.param("2028-10-01", (2027, 2028), [], id="管理-all"),
    ],
)
def test_the_yearly_inventory(today: str, checked: tuple[int, ...], owed: list[int]) -> None:
    assert years_owed(date(2026, 5, 1), checked, date.fromisoformat(today), (9, 30)) == owed


def test_an_inventory_in_march_belongs_to_the_year_that_ends() -> None:
    assert inventory_due(2027, (3, 31)) == date(2028, 3, 31)
    assert inventory_due(2027, (4, 1)) == date(2027, 4, 1)
