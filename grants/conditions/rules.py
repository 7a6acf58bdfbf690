"""When a body is reminded, and whether less may be taken off or given back. Pure; yen and days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.core.money import format_yen

from .states import Way

_DAYS_BEFORE = frozenset({90, 30, 7, 0})
_DAYS_BETWEEN = 30


def is_day_to_remind(due_on: date, today: date) -> bool:
    """Before the day, on it, and every month after it."""
    left = (due_on - today).days
    return left in _DAYS_BEFORE or (left < 0 and (-left - 1) % _DAYS_BETWEEN == 0)


def less_reasons(way: str, less: int, *, unordered: int, repaid: int) -> Iterator[str]:
    """`less` yen fewer go back. They are taken off what was not ordered, or given back of what was
    paid; never more than there is of either."""
    if way == Way.DEDUCT and less > unordered:
        yield (
            f"まだ命じていない返還の額（{format_yen(max(0, unordered))}）より、減る額（{format_yen(less)}）が"
            "多いため、差し引けません。"
        )
    if way == Way.REPAY and less > repaid:
        yield (
            f"納付された額（{format_yen(max(0, repaid))}）より、減る額（{format_yen(less)}）が多いため、"
            "返せません。"
        )
