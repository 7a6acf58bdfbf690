"""What packages above add to pages of a contract and of its money, and what they hold against a change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.core.actor import Actor

from .models import Contract


class Place(StrEnum):
    """Where a section stands. Its subject is a Contract, an Invoice, a ContractLine, a ContractPaper."""

    CONTRACT = "contract"
    INVOICE = "invoice"
    LINE = "line"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Section:
    """`context` is what `template` finds as `given`; None leaves the section out."""

    place: Place
    template: str
    context: Callable[[Any, Actor], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class NewTerms:
    """A contract as it would be agreed anew: yen by the uid of a line, and its last day."""

    shares: Mapping[UUID, int]
    ends_on: date


ChangeGuard = Callable[[Contract, NewTerms], Iterable[str]]

_sections: list[Section] = []
_guards: list[ChangeGuard] = []


def register_section(section: Section) -> None:
    if section not in _sections:
        _sections.append(section)


def register_change_guard(guard: ChangeGuard) -> None:
    if guard not in _guards:
        _guards.append(guard)


def sections_of(place: Place, subject: Any, actor: Actor) -> list[tuple[str, Mapping[str, Any]]]:
    found = ((one.template, one.context(subject, actor)) for one in _sections if one.place == place)
    return [(template, given) for template, given in found if given is not None]


def against_change(contract: Contract, terms: NewTerms) -> Iterator[str]:
    for guard in _guards:
        yield from guard(contract, terms)
