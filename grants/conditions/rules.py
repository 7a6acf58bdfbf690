"""Lines of a computation, days to remind on, and whether less may be taken off or given back. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.core.money import format_yen

from .states import Way

_DAYS_BEFORE = frozenset({90, 30, 7, 0})
_DAYS_BETWEEN = 30
# What a line says where it cuts off.
CUT = "１円未満切捨て"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the computation: how the yen came about."""

    label: str
    how: str
    amount: int
    decides: bool = False


def share_text(share: Fraction) -> str:
    return f"{share.numerator:,}／{share.denominator:,}"


def is_day_to_remind(due_on: date, today: date) -> bool:
    """Before the day, on it, and every month after it."""
    left = (due_on - today).days
    return left in _DAYS_BEFORE or (left < 0 and (-left - 1) % _DAYS_BETWEEN == 0)


def less_reasons(
    way: str, less: int, *, unordered: int, repaid: int, running: int = 0
) -> Iterator[str]:
    """`less` yen fewer go back. They are taken off what was not ordered, off orders whose payment was
    not confirmed (`running`), or given back of what was paid; never more than there is of each."""
    if way == Way.DEDUCT and less > unordered:
        yield (
            f"まだ命じていない返還の額（{format_yen(max(0, unordered))}）より、減る額（{format_yen(less)}）が"
            "多いため、差し引けません。"
        )
    if way == Way.LOWER and less > running:
        yield (
            f"納付の完了を確認していない返還命令の額（{format_yen(max(0, running))}）より、"
            f"減る額（{format_yen(less)}）が多いため、減らせません。"
        )
    if way == Way.REPAY and less > repaid:
        yield (
            f"納付された額（{format_yen(max(0, repaid))}）より、減る額（{format_yen(less)}）が多いため、"
            "返せません。"
        )
