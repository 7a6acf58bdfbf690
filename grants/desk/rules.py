"""Which flags a filing has, and what lies outside the points of a return. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .states import Flag


@dataclass(frozen=True, slots=True)
class Standing:
    """What the flags are drawn from. Amounts are yen, `days_left` days of the processing period.

    `soon_days` and `unusual_percent` are the year's own thresholds.
    """

    soon_days: int
    unusual_percent: int

    days_left: int | None = None
    is_returned: bool = False
    answer_due: date | None = None
    awaits_office: bool = False
    has_reviewer: bool = True
    reviewer_is_away: bool = False
    reviewer_has_conflict: bool = False
    warnings: int = 0
    changed_outside: int = 0
    returns: int = 0
    amount: int | None = None
    last_amount: int | None = None


def flags(one: Standing, today: date) -> Iterator[Flag]:
    """In the order in which they matter."""
    if one.days_left is not None and not one.is_returned:
        if one.days_left < 0:
            yield Flag.OVERDUE
        elif one.days_left <= one.soon_days:
            yield Flag.DUE_SOON
    if one.is_returned and one.answer_due is not None and one.answer_due < today:
        yield Flag.ANSWER_LATE
    yield from _about_the_reviewer(one)
    if one.warnings:
        yield Flag.WARNINGS
    if one.changed_outside:
        yield Flag.OUTSIDE
    if one.returns >= 2:
        yield Flag.RETURNED_TWICE
    if is_unusual(one.amount, one.last_amount, one.unusual_percent):
        yield Flag.UNUSUAL


def _about_the_reviewer(one: Standing) -> Iterator[Flag]:
    if not one.awaits_office:
        return
    if not one.has_reviewer:
        yield Flag.UNASSIGNED
    if one.reviewer_is_away:
        yield Flag.AWAY
    if one.reviewer_has_conflict:
        yield Flag.CONFLICT


def is_unusual(amount: int | None, last: int | None, percent: int) -> bool:
    """By so much or more of last year's amount, up or down; nothing to compare is not unusual."""
    if amount is None or not last:
        return False
    return abs(amount - last) * 100 >= last * percent


def outside_of(changed: Iterable[str], points: Iterable[str]) -> list[str]:
    """Addresses that changed though no point stands there, nor in their row (its total follows)."""
    pinned = set(points)
    rows = {_row(address) for address in pinned} - {""}
    return [a for a in changed if a not in pinned and (not _row(a) or _row(a) not in rows)]


def _row(address: str) -> str:
    """«section/uid» of a cell in a table; nothing for a field that stands alone."""
    section, uid, _ = address.split("/")
    return f"{section}/{uid}" if uid else ""
