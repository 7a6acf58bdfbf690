"""What may be carried over, and which year's money a payment is: the clause stands in each id."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.awards.api import is_in_time, report_due, unfinished_report_due
from grants.carryovers.api import CarriedOverLine
from grants.carryovers.rules import (
    day_reasons,
    from_state,
    kind_reasons,
    line_reasons,
    national_limit,
    own_part,
    payable,
    portions,
    spread,
    unreported_year,
    year_end_reasons,
)
from grants.guideline.api import Subject, judge
from grants.kinds.carryover.requirements import CarryoverSubject
from portal.core.dates import JST
from tests.grants.awards.test_deadlines import terms

LINE = CarriedOverLine("1", "⑦ 1行目", 1_000, 400, 300, 200, 100, True)


def line(**changed: Any) -> CarriedOverLine:
    names = ("uid", "label", "base", "spent", "bound", "national", "own", "is_eligible")
    return CarriedOverLine(**{**{name: getattr(LINE, name) for name in names}, **changed})


SUBJECT = {
    "step": 1,
    "from_year": 2026,
    "kind": "granted",
    "kinds_before": (),
    "cause": "気象の関係",
    "causes": ("気象の関係", "資材の入手難"),
    "reason": "豪雨。",
    "progress": "半分。",
    "schedule": "6月から。",
    "last_day": date(2027, 9, 30),
    "resolved_on": date(2027, 3, 20),
    "today": date(2027, 3, 1),
    "due_on": date(2027, 3, 10),
    "papers": 0,
    "decided": 500,
    "planned": 1_000,
    "lines": (line(national=150, own=150),),
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, set(), id="適正化法7条1項5号-whole"),
        pytest.param({"reason": " "}, {"whole"}, id="適正化法7条1項5号-reason"),
        pytest.param({"schedule": ""}, {"whole"}, id="適正化法7条1項5号-schedule"),
        pytest.param({"last_day": None}, {"whole"}, id="適正化法7条1項5号-no-day"),
        pytest.param({"kind": ""}, {"kind"}, id="財政法14条の3-which"),
        pytest.param({"cause": "不明"}, {"cause"}, id="財政法43条1項-cause-not-of-the-programme"),
        pytest.param({"last_day": date(2027, 3, 31)}, {"day"}, id="財政法42条-within-its-own-year"),
        pytest.param({"last_day": date(2027, 4, 1)}, set(), id="財政法42条-first-day"),
        pytest.param({"last_day": date(2028, 3, 31)}, set(), id="財政法42条-last-day"),
        pytest.param({"last_day": date(2028, 4, 1)}, {"day"}, id="財政法42条-a-day-beyond"),
        pytest.param({"lines": (line(national=0, own=0),)}, {"lines"}, id="財政法42条-nothing"),
        pytest.param(
            {"lines": (line(national=150, own=451),)}, {"lines"}, id="地方自治法213条-over"
        ),
        pytest.param(
            {"lines": (line(national=151, own=149),)}, {"national"}, id="財政法43条-one-yen-over"
        ),
        pytest.param(
            {"kind": "accident", "lines": (line(national=150, own=150),)},
            set(),
            id="地方自治法220条3項-bound",
        ),
        pytest.param(
            {"kind": "accident", "lines": (line(national=150, own=151),)},
            {"lines"},
            id="地方自治法220条3項-not-bound",
        ),
        pytest.param(
            {
                "step": 2,
                "from_year": 2027,
                "kinds_before": ("granted",),
                "last_day": date(2028, 6, 1),
            },
            {"kind"},
            id="財政法42条-a-second-time-as-granted",
        ),
        pytest.param(
            {
                "step": 2,
                "from_year": 2027,
                "kinds_before": ("granted",),
                "kind": "accident",
                "last_day": date(2028, 6, 1),
            },
            set(),
            id="財政法42条ただし書-a-second-time",
        ),
        pytest.param(
            {
                "step": 2,
                "from_year": 2027,
                "kinds_before": ("accident",),
                "kind": "accident",
                "last_day": date(2028, 6, 1),
            },
            {"kind"},
            id="財政法42条ただし書-not-twice",
        ),
        pytest.param({"resolved_on": date(2027, 3, 1)}, {"papers"}, id="地方自治法213条-no-paper"),
        pytest.param(
            {"resolved_on": date(2027, 3, 1), "papers": 1}, set(), id="地方自治法213条-paper"
        ),
        pytest.param({"today": date(2027, 3, 11)}, {"in_time"}, id="交付要綱-a-day-late"),
    ],
)
def test_what_an_application_must_say(changed: dict[str, Any], said: set[str]) -> None:
    found = judge(Subject.CARRYOVER, CarryoverSubject(**{**SUBJECT, **changed}))
    unmet = {one.requirement.id.removeprefix("carryover.") for one in found if not one.is_met}
    assert unmet == said


@pytest.mark.parametrize(
    ("kind", "step", "before", "is_refused"),
    [
        pytest.param("granted", 1, [], False, id="財政法14条の3-first"),
        pytest.param("accident", 1, [], False, id="財政法42条ただし書-first"),
        pytest.param("accident", 2, ["granted"], False, id="財政法42条ただし書-second"),
        pytest.param("granted", 2, ["granted"], True, id="財政法14条の3-second"),
        pytest.param("accident", 3, ["granted", "accident"], True, id="財政法42条-third"),
    ],
)
def test_a_second_step_is_an_accident(
    kind: str, step: int, before: list[str], is_refused: bool
) -> None:
    assert bool(list(kind_reasons(kind, step, before))) is is_refused


def test_42_nothing_goes_beyond_the_next_year_in_ten_years() -> None:
    for year in range(2024, 2034):
        assert list(day_reasons(date(year + 1, 3, 31), year))
        assert not list(day_reasons(date(year + 1, 4, 1), year))
        assert not list(day_reasons(date(year + 2, 3, 31), year))
        assert list(day_reasons(date(year + 2, 4, 1), year))


def test_a_line_that_is_not_eligible_has_no_national_money() -> None:
    assert list(line_reasons(line(is_eligible=False), "granted"))
    assert not list(line_reasons(line(is_eligible=False, national=0), "granted"))


@pytest.mark.parametrize("year", range(2024, 2034))
def test_14_the_report_lies_a_year_later_for_each_step(year: int) -> None:
    """14条前段 (翌年度4月10日) and 後段, 施行令8条 (4月30日), with February and the turn of the year."""
    asked = terms(fiscal_year=year)
    for carried in range(3):
        assert report_due(None, asked, carried).day == date(year + 1 + carried, 4, 10)
        assert unfinished_report_due(asked, carried).day == date(year + 1 + carried, 4, 30)
    assert report_due(date(year + 1, 9, 15), asked, 1).day == date(year + 1, 10, 15)
    assert report_due(date(year + 1, 12, 31), asked, 1).day == date(year + 2, 1, 31)
    assert report_due(date(year + 2, 3, 31), asked, 1).day == date(year + 2, 4, 10)
    assert report_due(date(year + 1, 9, 30), asked).day == date(year + 1, 4, 10), "not carried"
    due = unfinished_report_due(asked)
    last = datetime(year + 1, 4, 30, 23, 59, 59, tzinfo=JST)
    assert is_in_time(last, due)
    assert not is_in_time(last + timedelta(seconds=1), due)


def test_14_a_closed_day_rolls_where_the_programme_says_so() -> None:
    """30 April 2028 is a Sunday and the Golden Week follows: 1 and 2 May are open."""
    asked = terms(fiscal_year=2026, report_roll="youkou_next")
    assert unfinished_report_due(asked, 1).day == date(2028, 5, 1)
    assert unfinished_report_due(terms(fiscal_year=2026), 1).day == date(2028, 4, 30)


def test_43_the_state_carries_what_it_has_not_paid() -> None:
    assert from_state(600, 1_000, 0) == 600
    assert from_state(600, 1_000, 400) == 600
    assert from_state(600, 1_000, 700) == 300, "the rest lies with the body already"
    assert from_state(600, 1_000, 1_000) == 0
    assert national_limit(1_000, 3_000, 1_000) == 333, "1円未満切捨て"
    assert national_limit(1_000, 0, 0) == 0


ONCE = portions(1_000, [400], 2026, (4, 30))


@pytest.mark.parametrize(
    ("on", "paid", "left"),
    [
        pytest.param(date(2027, 3, 31), [], 600, id="財政法42条-before-the-next-year"),
        pytest.param(date(2027, 4, 1), [], 1_000, id="財政法42条-both-are-open"),
        pytest.param(date(2027, 4, 30), [], 1_000, id="予決令4条-last-day"),
        pytest.param(date(2027, 5, 1), [], 400, id="予決令4条-the-day-after"),
        pytest.param(date(2028, 4, 30), [], 400, id="予決令4条-last-day-of-the-next-year"),
        pytest.param(date(2028, 5, 1), [], 0, id="予決令4条-all-is-over"),
        pytest.param(date(2027, 5, 1), [(date(2026, 9, 1), 600)], 400, id="財政法42条-own-used"),
        pytest.param(date(2027, 5, 1), [(date(2027, 4, 10), 700)], 300, id="財政法42条-over-both"),
        pytest.param(date(2027, 5, 1), [(date(2026, 9, 1), 500)], 400, id="財政法42条-100-lapsed"),
    ],
)
def test_what_may_be_paid_on_a_day(on: date, paid: list[tuple[date, int]], left: int) -> None:
    assert payable(ONCE, paid, on) == left


def test_a_payment_over_both_years_takes_the_old_one_first() -> None:
    assert own_part(ONCE, [(date(2026, 9, 1), 500)], 300, date(2027, 4, 10)) == 100
    assert own_part(ONCE, [], 300, date(2027, 5, 1)) == 0


DAYS = st.dates(date(2026, 4, 1), date(2029, 4, 30))


@given(
    decided=st.integers(1, 10_000),
    shares=st.lists(st.integers(0, 10_000), max_size=2),
    asked=st.lists(st.tuples(DAYS, st.integers(1, 5_000)), max_size=12),
)
def test_nothing_is_paid_twice(
    decided: int, shares: list[int], asked: list[tuple[date, int]]
) -> None:
    """Whoever is paid only what is payable never gets more than each year's money, or than all."""
    carried = sorted((min(share, decided) for share in shares), reverse=True)
    parts = portions(decided, carried, 2026, (4, 30))
    assert sum(part.amount for part in parts) == decided
    paid: list[tuple[date, int]] = []
    for day, amount in sorted(asked):
        may = min(amount, payable(parts, paid, day))
        if may:
            paid.append((day, may))
    used = spread(parts, paid)
    assert all(taken <= part.amount for taken, part in zip(used, parts, strict=True))
    assert sum(used) == sum(amount for _, amount in paid) <= decided


@pytest.mark.parametrize(
    ("carried", "told", "now", "expected", "said"),
    [
        pytest.param(0, (), 2026, None, "令和8年度は、まだ終わっていません", id="14条-running"),
        pytest.param(0, (), 2027, 2026, "", id="14条-own-year"),
        pytest.param(1, (), 2027, 2026, "", id="14条-carried-own-year"),
        pytest.param(1, (2026,), 2027, None, "すでにあります", id="14条-told"),
        pytest.param(1, (2026,), 2028, 2027, "", id="14条-second-year"),
        pytest.param(2, (), 2028, 2026, "", id="14条-missed-year-comes-first"),
        pytest.param(2, (2026,), 2029, 2027, "", id="14条-missed-while-the-third-ends"),
        pytest.param(0, (), 2028, 2026, "", id="14条-missed-and-over"),
        pytest.param(0, (2026,), 2028, None, "承認されていません", id="14条-not-carried-on"),
    ],
)
def test_14_the_first_year_without_a_report_is_the_one(
    carried: int, told: tuple[int, ...], now: int, expected: int | None, said: str
) -> None:
    assert unreported_year(2026, carried, told, now) == expected
    reasons = "".join(year_end_reasons(2026, carried, told, now))
    assert (said in reasons) if said else not reasons
