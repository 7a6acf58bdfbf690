"""Days that run from a decision on, over ten fiscal years, with closed days and the year's turn."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from grants.awards.api import (
    appeal_due,
    is_in_time,
    refund_due,
    report_due,
    unfinished_report_due,
)
from portal.core.dates import BANKS, GOVERNMENT, JST, Deadline
from tests.grants.plans_of import terms

YEARS = range(2024, 2034)


@pytest.mark.parametrize("year", YEARS)
def test_14_the_report_is_due_a_month_after_completion_or_on_10_april(year: int) -> None:
    asked = terms(fiscal_year=year)
    assert report_due(date(year + 1, 3, 31), asked).day == date(year + 1, 4, 10)
    assert report_due(date(year + 1, 3, 10), asked).day == date(year + 1, 4, 10)
    assert report_due(date(year + 1, 3, 9), asked).day == date(year + 1, 4, 9)
    assert report_due(date(year, 10, 31), asked).day == date(year, 11, 30)
    for day in range(1, 29):
        assert report_due(date(year, 9, day), asked).nominal == date(year, 10, day)


@pytest.mark.parametrize(
    ("completed", "due"),
    [
        pytest.param(date(2027, 1, 28), date(2027, 2, 28), id="143条-1月28日"),
        pytest.param(date(2027, 1, 31), date(2027, 2, 28), id="143条-応当日なし"),
        pytest.param(date(2027, 2, 28), date(2027, 3, 31), id="143条-2月末日"),
        pytest.param(date(2028, 1, 29), date(2028, 2, 29), id="143条-うるう年"),
        pytest.param(date(2028, 2, 29), date(2028, 3, 31), id="143条-うるう日"),
        pytest.param(date(2025, 12, 15), date(2026, 1, 15), id="143条-年をまたぐ"),
    ],
)
def test_14_a_month_ends_as_the_civil_code_says(completed: date, due: date) -> None:
    year = completed.year - 1 if completed.month < 4 else completed.year
    assert report_due(completed, terms(fiscal_year=year)).day == due


def test_a_month_counted_inclusively_is_due_when_it_has_run_out() -> None:
    """「完了の日から起算して1か月を経過した日」: 2月10日 → 3月10日."""
    inclusive = terms(fiscal_year=2024, report_counting="inclusive")
    assert report_due(date(2025, 2, 10), inclusive).day == date(2025, 3, 10)


@pytest.mark.parametrize(
    ("roll", "day"),
    [
        pytest.param("none", date(2027, 4, 10), id="交付要綱-その日のまま"),
        pytest.param("youkou_next", date(2027, 4, 12), id="交付要綱-次の開庁日"),
        pytest.param("youkou_prev", date(2027, 4, 9), id="交付要綱-前の開庁日"),
    ],
)
def test_a_closed_10_april_moves_as_the_programme_says(roll: str, day: date) -> None:
    """2027-04-10 is a Saturday."""
    found = report_due(date(2027, 3, 31), terms(fiscal_year=2026, report_roll=roll))
    assert (found.day, found.nominal) == (day, date(2027, 4, 10))
    assert found.remark is not None


@pytest.mark.parametrize("year", YEARS)
def test_8_the_unfinished_report_is_due_on_30_april(year: int) -> None:
    assert unfinished_report_due(terms(fiscal_year=year)).day == date(year + 1, 4, 30)


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        pytest.param(date(2025, 11, 28), date(2026, 1, 5), id="施行令15条-年末年始"),
        pytest.param(date(2026, 4, 1), date(2026, 5, 1), id="施行令15条-平日"),
        pytest.param(date(2026, 4, 3), date(2026, 5, 7), id="施行令15条-連休と振替休日"),
        pytest.param(date(2028, 1, 30), date(2028, 2, 29), id="施行令15条-うるう日"),
    ],
)
def test_25_an_appeal_has_thirty_days_that_roll_on(arrived: date, due: date) -> None:
    assert appeal_due(arrived, terms()).day == due


@pytest.mark.parametrize("year", YEARS)
def test_25_an_appeal_never_ends_on_a_closed_day_nor_early(year: int) -> None:
    for n in range(366):
        arrived = date(year, 4, 1) + timedelta(days=n)
        found = appeal_due(arrived, terms())
        assert GOVERNMENT.is_open(found.day)
        assert found.nominal == arrived + timedelta(days=30)
        assert found.day >= found.nominal


@pytest.mark.parametrize("year", YEARS)
def test_18_the_proposed_day_of_payment_is_open_at_banks_and_offices(year: int) -> None:
    for n in range(366):
        ordered = date(year, 4, 1) + timedelta(days=n)
        found = refund_due(ordered, terms())
        assert BANKS.is_open(found)
        assert GOVERNMENT.is_open(found)
        assert timedelta(days=20) <= found - ordered <= timedelta(days=31)


@pytest.mark.parametrize("year", YEARS)
def test_26_3_the_last_second_of_the_day_is_in_time(year: int) -> None:
    due = Deadline(date(year + 1, 3, 31), date(year + 1, 3, 31))
    last = datetime(year + 1, 3, 31, 23, 59, 59, tzinfo=JST)
    assert is_in_time(last, due)
    assert not is_in_time(last + timedelta(seconds=1), due)
