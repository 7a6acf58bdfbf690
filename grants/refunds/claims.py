"""A slot for why money has to come back: 額の確定 and 取消し are made by higher packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from grants.awards.api import Award
from grants.payments.api import Hold

from .states import Ground


@dataclass(frozen=True, slots=True)
class Claim:
    """Yen that must be ordered back (18条 is no matter of choice); `key` names it in a form."""

    key: str
    ground: str
    amount: int
    about: str

    @property
    def label(self) -> str:
        return f"{Ground(self.ground).label}　{self.amount:,}円"


_find: list[Callable[[Award], Iterable[Claim]]] = []


def register_claims(find: Callable[[Award], Iterable[Claim]]) -> None:
    """`find` gives what no order asks back yet."""
    if find not in _find:
        _find.append(find)


def claims_on(award: Award) -> list[Claim]:
    return [claim for find in _find for claim in find(award)]


def ordered_back(award: Award) -> int:
    """Yen of principal that bring what was received down to the amount."""
    return int(award.refund_orders.towards_the_amount().total())


def ordered_already(award: Award) -> Iterator[Hold]:
    """An order rests on what was received: no payment is taken back under it."""
    if award.refund_orders.exists():
        yield Hold("この交付決定には返還命令があります。支払の記録は取り消せません。")
