"""Slots on the home page that higher packages fill when they start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """`column` is hero, main or side. `context` returns None when there is nothing to show."""

    key: str
    roles: frozenset[str]
    template: str
    context: Callable[[Actor], Mapping[str, Any] | None]
    column: str = "main"
    order: int = 100


_panels: dict[str, Panel] = {}


def register(*panels: Panel) -> None:
    for panel in panels:
        if panel.column not in {"hero", "main", "side"}:
            raise ValueError(f"{panel.key}: no column {panel.column}")
        _panels[panel.key] = panel


def panels_for(actor: Actor, column: str) -> list[Panel]:
    mine = (p for p in _panels.values() if actor.role in p.roles and p.column == column)
    return sorted(mine, key=lambda panel: (panel.order, panel.key))
