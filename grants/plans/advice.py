"""A slot for what inspections taught: the frequent faults, shown where they would be made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class FrequentFault:
    """`count` findings at `bodies` bodies, none of them named."""

    label: str
    count: int
    bodies: int


@dataclass(frozen=True, slots=True)
class Advice:
    faults: tuple[FrequentFault, ...]
    url: str


_find: list[tuple[Callable[[str], Sequence[FrequentFault]], str]] = []


def register_advice(find: Callable[[str], Sequence[FrequentFault]], url_name: str) -> None:
    """`find` is given the kind of a section, such as «activity»; `url_name` is the whole list."""
    _find[:] = [(find, url_name)]


def advice_for(section: str) -> Advice | None:
    """None where nobody knows of a fault made in such a section."""
    for find, url_name in _find:
        faults = tuple(find(section.partition(":")[0]))
        return Advice(faults, reverse(url_name)) if faults else None
    return None
