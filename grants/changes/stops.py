"""A slot for what ends changes of an award: a report that was filed, an amount that was fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grants.awards.api import Award, AwardState

_find: list[Callable[[Award], Iterator[str]]] = []


def register_stop(find: Callable[[Award], Iterator[str]]) -> None:
    """`find` yields why the plan of this award cannot be changed any more."""
    if find not in _find:
        _find.append(find)


def against_changing(award: Award) -> list[str]:
    reasons = []
    if award.state != AwardState.IN_FORCE:
        reasons.append("交付決定が効力を持っていないため、計画を変えられません。")
    if award.discontinued_on is not None:
        reasons.append("廃止が承認されているため、計画を変えられません。実績報告に進んでください。")
    return reasons + [reason for find in _find for reason in find(award)]
