from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.dates import (
    BANKS,
    GOVERNMENT,
    Counting,
    Period,
    RollRule,
    count_days,
    deadline_after,
    first_day_open_to_all,
    fix_deadline,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 20), "祝日（春分の日）"),
        (date(2027, 3, 22), "祝日（振替休日）"),
        (date(2026, 9, 22), "祝日（国民の休日）"),
        (date(2026, 5, 6), "祝日（振替休日）"),
        (date(2026, 3, 21), "土曜日"),
        (date(2026, 3, 22), "日曜日"),
        (date(2026, 12, 29), "年末年始"),
        (date(2026, 1, 2), "年末年始"),
        (date(2026, 12, 28), None),
        (date(2027, 1, 4), None),
    ],
)
def test_closed_days_of_government_offices(day: date, why: str | None) -> None:
    assert GOVERNMENT.why_closed(day) == why


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(date(2026, 12, 29), True), (date(2026, 12, 30), True), (date(2026, 12, 31), False)],
)
def test_banks_work_two_days_longer(day: date, is_open: bool) -> None:
    assert BANKS.is_open(day) is is_open


def test_a_day_of_payment_is_open_to_both() -> None:
    assert first_day_open_to_all(date(2026, 12, 29)) == date(2027, 1, 4)
    assert first_day_open_to_all(date(2026, 12, 28)) == date(2026, 12, 28)


def test_open_days_between() -> None:
    assert GOVERNMENT.count(date(2026, 2, 20), date(2026, 3, 13)) == 14
    assert GOVERNMENT.count(date(2026, 3, 13), date(2026, 3, 13)) == 0


def test_article_15_of_the_order_thirty_days_roll_past_new_year() -> None:
    deadline = deadline_after(date(2025, 11, 28), Period(days=30), RollRule.STATUTORY_NEXT)
    assert deadline.nominal == date(2025, 12, 28)
    assert deadline.day == date(2026, 1, 5)
    assert deadline.is_rolled
    assert deadline.remark == "2025年12月28日が日曜日のため、次の開庁日を期限とします。"


@pytest.mark.parametrize(
    ("completed", "last"),
    [
        (date(2025, 2, 10), date(2025, 3, 10)),
        (date(2027, 2, 28), date(2027, 3, 31)),
        (date(2026, 1, 27), date(2026, 2, 27)),
        (date(2026, 1, 28), date(2026, 2, 28)),
        (date(2026, 1, 29), date(2026, 2, 28)),
        (date(2026, 1, 30), date(2026, 2, 28)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 29), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2026, 11, 30), date(2026, 12, 31)),
    ],
    ids=lambda day: day.isoformat(),
)
def test_civil_code_143_one_month_from_the_next_day(completed: date, last: date) -> None:
    assert Period(months=1).last_day(completed) == last


def test_civil_code_143_one_month_that_counts_the_day_itself() -> None:
    period = Period(months=1, counting=Counting.INCLUSIVE)
    assert period.last_day(date(2025, 2, 10)) == date(2025, 3, 9)
    assert period.day_elapsed(date(2025, 2, 10)) == date(2025, 3, 10)


@given(DAYS, st.integers(min_value=1, max_value=400))
def test_a_period_of_days_has_that_many_days(event: date, days: int) -> None:
    assert Period(days=days).last_day(event) == event + timedelta(days=days)
    inclusive = Period(days=days, counting=Counting.INCLUSIVE).last_day(event)
    assert count_days(event, inclusive) == days


@given(DAYS, st.integers(min_value=1, max_value=36))
def test_a_later_event_never_has_an_earlier_end(event: date, months: int) -> None:
    period = Period(months=months)
    assert period.last_day(event) <= period.last_day(event + timedelta(days=1))


@pytest.mark.parametrize("period", [{}, {"months": 1, "days": 1}, {"days": -1}])
def test_a_period_is_months_or_days(period: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="period"):
        Period(**period)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        (RollRule.NONE, date(2027, 4, 10)),
        (RollRule.YOUKOU_NEXT, date(2027, 4, 12)),
        (RollRule.YOUKOU_PREV, date(2027, 4, 9)),
        (RollRule.STATUTORY_NEXT, date(2027, 4, 12)),
    ],
)
def test_the_tenth_of_april_2027_is_a_saturday(rule: RollRule, day: date) -> None:
    deadline = fix_deadline(date(2027, 4, 10), rule)
    assert deadline.day == day
    assert deadline.remark is not None
    assert "土曜日" in deadline.remark


def test_an_open_day_needs_no_remark() -> None:
    assert fix_deadline(date(2026, 4, 10), RollRule.YOUKOU_NEXT).remark is None


def test_article_19_both_ends_count() -> None:
    assert count_days(date(2024, 2, 1), date(2025, 11, 20)) == 659
    assert count_days(date(2024, 12, 20), date(2026, 2, 4)) == 412
    assert count_days(date(2026, 2, 4), date(2026, 3, 10), Counting.FROM_NEXT_DAY) == 34


@given(DAYS)
def test_rolled_days_are_open(day: date) -> None:
    assert GOVERNMENT.is_open(GOVERNMENT.on_or_after(day))
    assert GOVERNMENT.is_open(GOVERNMENT.on_or_before(day))
    assert GOVERNMENT.on_or_before(day) <= day <= GOVERNMENT.on_or_after(day)
