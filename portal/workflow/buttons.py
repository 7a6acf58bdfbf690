"""The buttons of a page, from the same table that guards the POST."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.core.actor import Actor

from .registry import workflow_of
from .services import blocking_reasons


@dataclass(frozen=True, slots=True)
class Button:
    """`reasons` are what stands against it now: shown next to it, the button is never disabled."""

    name: str
    label: str
    url: str
    reasons: tuple[str, ...]
    is_quiet: bool = False


def buttons(subject: Any, actor: Actor, *, with_reasons: bool = True) -> list[Button]:
    """What this actor can try on this subject in its present state, in the table's order."""
    workflow = workflow_of(subject)
    state = getattr(subject, workflow.state_field)
    return [
        Button(
            row.name,
            row.label,
            subject.transition_url(row.name),
            blocking_reasons(row, subject, actor) if with_reasons else (),
            row.is_quiet,
        )
        for row in workflow.transitions
        if state in row.sources
        and actor.role in row.actors
        and (row.offered is None or row.offered(subject))
    ]
