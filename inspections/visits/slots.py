"""What the package above adds to a visit: a section of its page, and what keeps it from its end."""

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


_sections: list[Section[Visit]] = []
_guards: list[ClosingGuard] = []


def register_section(section: Section[Visit]) -> None:
    if section not in _sections:
        _sections.append(section)


def register_closing_guard(guard: ClosingGuard) -> None:
    if guard not in _guards:
        _guards.append(guard)


def sections_of(visit: Visit, actor: Actor) -> list[tuple[str, Mapping[str, Any]]]:
    return [(one.template, one.context(visit, actor)) for one in _sections]


def against_closing(visit: Visit, actor: Actor) -> Iterator[str]:
    for guard in _guards:
        yield from guard(visit, actor)
