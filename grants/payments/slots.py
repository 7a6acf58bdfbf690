"""Slots for what higher packages make of an award: 額の確定, and refunds that rest on what was paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from grants.awards.api import Award


@dataclass(frozen=True, slots=True)
class Hold:
    """Why records of payments stay; one made after `until`, where there is one, may still go."""

    reason: str
    until: datetime | None = None

    def keeps(self, recorded_at: datetime) -> bool:
        return self.until is None or recorded_at <= self.until


_ceilings: list[Callable[[Award], int | None]] = []
_holds: list[Callable[[Award], Iterator[Hold]]] = []


def register_ceiling(find: Callable[[Award], int | None]) -> None:
    """`find` gives 確定額 in yen, or nothing before there is one."""
    if find not in _ceilings:
        _ceilings.append(find)


def fixed_of(award: Award) -> int | None:
    """確定額 in yen, once there is one."""
    return min((amount for find in _ceilings if (amount := find(award)) is not None), default=None)


def ceiling_of(award: Award) -> int:
    """Yen that may be paid in all: the amount decided, or the amount fixed."""
    fixed = fixed_of(award)
    return int(award.amount) if fixed is None else min(int(award.amount), fixed)


def register_hold(find: Callable[[Award], Iterator[Hold]]) -> None:
    """`find` yields why payments of this award cannot be taken back any more."""
    if find not in _holds:
        _holds.append(find)


def holds_on(award: Award) -> list[Hold]:
    return [hold for find in _holds for hold in find(award)]
