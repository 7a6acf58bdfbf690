"""Slots for what higher packages make of an award: 額の確定, and refunds that rest on what was paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from grants.awards.api import Award, Withdrawal
from portal.core.money import format_yen


@dataclass(frozen=True, slots=True)
class Hold:
    """Why records of payments stay; one made after `until`, where there is one, may still go."""

    reason: str
    until: datetime | None = None

    def keeps(self, recorded_at: datetime) -> bool:
        return self.until is None or recorded_at <= self.until


@dataclass(frozen=True, slots=True)
class Paying:
    """A payment about to be recorded: yen, its day, and the id of the claim that it answers, if one."""

    award: Award
    amount: int
    paid_on: date
    claim: UUID | None = None


_guards: list[Callable[[Paying], Iterator[str]]] = []
_closed: list[Callable[[Award, date], Iterator[str]]] = []
_ceilings: list[Callable[[Award], int | None]] = []
_ordered_back: list[Callable[[Award], int]] = []
_holds: list[Callable[[Award], Iterator[Hold]]] = []


def register_guard(find: Callable[[Paying], Iterator[str]]) -> None:
    """`find` yields why this payment cannot be made; it may lock rows, last of all."""
    if find not in _guards:
        _guards.append(find)


def against_paying(paying: Paying) -> list[str]:
    return [reason for find in _guards for reason in find(paying)]


def register_closed(find: Callable[[Award, date], Iterator[str]]) -> None:
    """`find` yields what of an award's money is not payable on a day, and why."""
    if find not in _closed:
        _closed.append(find)


def closed_on(award: Award, day: date) -> list[str]:
    return [reason for find in _closed for reason in find(award, day)]


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


def register_ordered_back(find: Callable[[Award], int]) -> None:
    """`find` gives the yen that orders ask back."""
    if find not in _ordered_back:
        _ordered_back.append(find)


def net_paid(award: Award) -> int:
    """Yen that were paid and no order asks back; what else may be paid is counted from it."""
    return int(award.payments.standing().total()) - sum(find(award) for find in _ordered_back)


def paid_under(withdrawal: Withdrawal) -> Iterator[str]:
    """適正化法9条: a decision that money was paid on is not undone by the body."""
    over = net_paid(withdrawal.award) - withdrawal.left
    if over > 0:
        yield (
            f"この決定による支払（{format_yen(over)}）が記録されているため、取り下げられません。"
            "内閣府に連絡してください。"
        )


def register_hold(find: Callable[[Award], Iterator[Hold]]) -> None:
    """`find` yields why payments of this award cannot be taken back any more."""
    if find not in _holds:
        _holds.append(find)


def holds_on(award: Award) -> list[Hold]:
    return [hold for find in _holds for hold in find(award)]
