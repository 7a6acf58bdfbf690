"""What packages above add to the page of a filing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.actor import Actor

from .models import Filing


@dataclass(frozen=True, slots=True)
class Section:
    """`context` is what `template` finds as `given`; one that `leads` stands before all else."""

    template: str
    context: Callable[[Filing, Actor], Mapping[str, Any]]
    leads: bool = False


_sections: list[Section] = []


def register_section(section: Section) -> None:
    if section not in _sections:
        _sections.append(section)


def sections_of(
    filing: Filing, actor: Actor, *, leads: bool = False
) -> list[tuple[str, Mapping[str, Any]]]:
    """Those that lead, or those that follow."""
    return [(one.template, one.context(filing, actor)) for one in _sections if one.leads == leads]
