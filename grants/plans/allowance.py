"""内示額: what a body was told it may apply for. Told by a higher package, which registers here."""

from __future__ import annotations

from collections.abc import Callable

from .models import Plan

Source = Callable[[Plan], int | None]


_sources: list[Source] = []


def register_allowance(source: Source) -> None:
    """One source for all: the package that makes and tells the allocation."""
    _sources[:] = [source]


def allowance_of(plan: Plan) -> int | None:
    """Yen, or None where nothing was told."""
    return _sources[0](plan) if _sources else None
