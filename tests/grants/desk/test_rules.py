"""The flags of the desk, one at a time, each with its near miss. No database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from grants.desk.rules import Standing, flags, is_unusual, outside_of
from grants.desk.states import EXPLAINED, Flag

TODAY = date(2026, 4, 10)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"days_left": -1}, {Flag.OVERDUE}),
        ({"days_left": 0}, {Flag.DUE_SOON}),
        ({"days_left": 7}, {Flag.DUE_SOON}),
        ({"days_left": 8}, set()),
        ({"days_left": -1, "is_returned": True}, set()),
        ({"is_returned": True, "answer_due": date(2026, 4, 9)}, {Flag.ANSWER_LATE}),
        ({"is_returned": True, "answer_due": date(2026, 4, 10)}, set()),
        ({"is_returned": False, "answer_due": date(2026, 4, 9)}, set()),
        ({"awaits_office": True, "has_reviewer": False}, {Flag.UNASSIGNED}),
        ({"awaits_office": False, "has_reviewer": False}, set()),
        ({"awaits_office": True, "reviewer_is_away": True}, {Flag.AWAY}),
        ({"awaits_office": True, "reviewer_has_conflict": True}, {Flag.CONFLICT}),
        ({"awaits_office": False, "reviewer_has_conflict": True}, set()),
        ({"warnings": 1}, {Flag.WARNINGS}),
        ({"changed_outside": 1}, {Flag.OUTSIDE}),
        ({"returns": 2}, {Flag.RETURNED_TWICE}),
        ({"returns": 1}, set()),
        ({"amount": 1_300_000, "last_amount": 1_000_000}, {Flag.UNUSUAL}),
        ({"amount": 1_299_999, "last_amount": 1_000_000}, set()),
    ],
    ids=str,
)
def test_a_flag_and_its_near_miss(facts: dict[str, Any], expected: set[Flag]) -> None:
    assert set(flags(Standing(soon_days=7, unusual_percent=30, **facts), TODAY)) == expected


@pytest.mark.parametrize(
    ("amount", "last", "expected"),
    [(700, 1000, True), (701, 1000, False), (None, 1000, False), (5, None, False), (5, 0, False)],
)
def test_unusual_is_the_years_per_cent_either_way(
    amount: int | None, last: int | None, expected: bool
) -> None:
    assert is_unusual(amount, last, 30) == expected


def test_what_changed_outside_the_points() -> None:
    """A point on a cell covers its row, whose total follows; one on a field covers that field."""
    points = ["activity:a/u1/unit_price", "vision//issues"]
    changed = [
        "activity:a/u1/unit_price",
        "activity:a/u1/amount",
        "activity:a/u2/amount",
        "vision//issues",
        "vision//vision",
        "activity:b/u1/amount",
    ]
    assert outside_of(changed, points) == [
        "activity:a/u2/amount",
        "vision//vision",
        "activity:b/u1/amount",
    ]


def test_every_flag_is_explained() -> None:
    assert set(EXPLAINED) == set(Flag)
