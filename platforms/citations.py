"""Who relies on an agenda item: plans say so here, since this wing knows nothing of plans."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from portal.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Use:
    """What became of an item: the activity of a plan, where that stands, and its page if any."""

    label: str
    state: str
    url: str


Source = Callable[[Collection[UUID]], set[UUID]]
UseSource = Callable[[Collection[UUID], Actor], Mapping[UUID, list[Use]]]
_sources: list[Source] = []
_uses: list[UseSource] = []


def register_citations(source: Source, uses: UseSource) -> None:
    """`source` is given ids of agenda items and returns those on which something is grounded;
    `uses` says what, as far as the reader may see it."""
    if source not in _sources:
        _sources.append(source)
        _uses.append(uses)


def cited(items: Collection[UUID]) -> set[UUID]:
    """One query for each source, whatever the number of items."""
    return set().union(*(source(items) for source in _sources)) if items else set()


def uses_of(items: Collection[UUID], actor: Actor) -> dict[UUID, list[Use]]:
    """A fixed number of queries for each source, whatever the number of items."""
    found: dict[UUID, list[Use]] = {}
    for source in _uses if items else ():
        for item, uses in source(items, actor).items():
            found.setdefault(item, []).extend(uses)
    return found
