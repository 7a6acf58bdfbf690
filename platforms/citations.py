"""Who relies on an agenda item: plans say so here, since this wing knows nothing of plans."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

Source = Callable[[Collection[UUID]], set[UUID]]
_sources: list[Source] = []


def register_citations(source: Source) -> None:
    """`source` is given ids of agenda items and returns those on which something is grounded."""
    if source not in _sources:
        _sources.append(source)


def cited(items: Collection[UUID]) -> set[UUID]:
    """One query for each source, whatever the number of items."""
    return set().union(*(source(items) for source in _sources)) if items else set()
