"""A slot for what rests on a decision: payments and 取消し are recorded by higher packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .models import Award, Decision


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """適正化法9条2項: `left` yen stay decided once `decision` is deemed never to have been."""

    award: Award
    decision: Decision
    left: int


_find: list[Callable[[Withdrawal], Iterator[str]]] = []


def register_withdrawal_hold(find: Callable[[Withdrawal], Iterator[str]]) -> None:
    """`find` yields why the decision cannot be undone any more."""
    if find not in _find:
        _find.append(find)


def reasons_to_stand(withdrawal: Withdrawal) -> list[str]:
    return [reason for find in _find for reason in find(withdrawal)]
