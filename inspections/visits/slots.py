"""What the package above adds to a visit: a section of its page, what keeps it from its end, and
which lines were drawn to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from portal.core.actor import Actor

from .models import Visit

Subject = TypeVar("Subject")
ClosingGuard = Callable[[Visit, Actor], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Section(Generic[Subject]):
    """Of a page about one `Subject`. `context` is what `template` finds as `given`."""

    template: str
    context: Callable[[Subject, Actor], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """`amount` in yen; `what` as the record names it."""

    key: str
    what: str
    amount: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The sample in force of a visit, and the method in words."""

    method: str
    lines: tuple[DrawnLine, ...]


_sections: list[Section[Visit]] = []
_drawings: list[Callable[[Visit], Drawing | None]] = []
_guards: list[ClosingGuard] = []


def register_section(section: Section[Visit]) -> None:
    if section not in _sections:
        _sections.append(section)


def register_closing_guard(guard: ClosingGuard) -> None:
    if guard not in _guards:
        _guards.append(guard)


def register_drawing(source: Callable[[Visit], Drawing | None]) -> None:
    if source not in _drawings:
        _drawings.append(source)


def drawing_of(visit: Visit) -> Drawing | None:
    """None where nothing was drawn."""
    for source in _drawings:
        found = source(visit)
        if found is not None:
            return found
    return None


def drawn_without_item(visit: Visit) -> list[DrawnLine]:
    """Of the sample in force, what the record says nothing about."""
    drawing = drawing_of(visit)
    if drawing is None:
        return []
    kept = set(visit.items.values_list("line_key", flat=True))
    return [line for line in drawing.lines if line.key not in kept]


def sections_of(visit: Visit, actor: Actor) -> list[tuple[str, Mapping[str, Any]]]:
    return [(one.template, one.context(visit, actor)) for one in _sections]


def against_closing(visit: Visit, actor: Actor) -> Iterator[str]:
    for guard in _guards:
        yield from guard(visit, actor)
