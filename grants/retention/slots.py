"""What the packages above hold of a case, and what keeps it from its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from grants.awards.api import Award


@dataclass(frozen=True, slots=True)
class Holding:
    """`cases` are ids under which documents of these awards stand, `subjects` rows that documents
    hang on without one, `open_procedures` what is not at its end; each by award."""

    cases: Callable[[Award], Iterable[UUID]]
    subjects: Callable[[Award], Iterable[str]]
    open_procedures: Callable[[Sequence[UUID]], Iterable[tuple[UUID, str]]]


@dataclass(frozen=True, slots=True)
class Copy:
    """A file made of a case that is no document. `forget` empties the row that names it."""

    label: str
    file: str
    sha256: str
    size: int
    forget: Callable[[], None]


_holdings: list[Holding] = []
_copies: list[Callable[[Award], Iterable[Copy]]] = []


def register_holding(holding: Holding) -> None:
    if holding not in _holdings:
        _holdings.append(holding)


def register_copies(copies: Callable[[Award], Iterable[Copy]]) -> None:
    if copies not in _copies:
        _copies.append(copies)


def cases_above(award: Award) -> set[UUID]:
    return {pk for one in _holdings for pk in one.cases(award)}


def subjects_above(award: Award) -> set[str]:
    return {pk for one in _holdings for pk in one.subjects(award)}


def open_above(awards: Sequence[UUID]) -> Iterator[tuple[UUID, str]]:
    for one in _holdings:
        yield from one.open_procedures(awards)


def copies_of(award: Award) -> Iterator[Copy]:
    for one in _copies:
        yield from one(award)
