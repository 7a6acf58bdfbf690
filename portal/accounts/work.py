"""What a person still has in hand: higher packages say it, the page of a handover lists it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Work:
    """One open piece of work, with the page on which it goes on."""

    what: str
    url: str


Finder = Callable[[Any], Iterable[Work]]
_finders: list[Finder] = []


def register_work(finder: Finder) -> None:
    """`finder` is given a Membership (with its user) and lists what waits for its holder."""
    _finders.append(finder)


def open_work(membership: Any) -> list[Work]:
    return [work for finder in _finders for work in finder(membership)]
