"""What higher packages hold against somebody who handles a filing, such as a declared conflict.

A slot: registered when the apps start, asked by every act of reviewing and deciding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from portal.core.actor import Actor

from .models import Filing

HandlingGuard = Callable[[Filing, Actor], Iterable[str]]
_guards: list[HandlingGuard] = []


def register_handling_guard(guard: HandlingGuard) -> None:
    if guard not in _guards:
        _guards.append(guard)


def against_handling(filing: Filing, actor: Actor) -> Iterator[str]:
    """Every reason for which this person may not act on this filing for the Cabinet Office."""
    for guard in _guards:
        yield from guard(filing, actor)
