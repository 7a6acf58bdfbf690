"""A slot for who keeps account of what was read: told of every page that was given to somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Read:
    """One answer: the page's address, the words of its action, and the object it is about."""

    actor: Actor
    path: str
    label: str
    subject: Any
    is_file: bool


_witnesses: list[Callable[[Read], None]] = []


def register_witness(tell: Callable[[Read], None]) -> None:
    """`tell` runs before the answer leaves: what cannot be recorded is not shown."""
    if tell not in _witnesses:
        _witnesses.append(tell)


def tell_witnesses(read: Read) -> None:
    for tell in _witnesses:
        tell(read)
