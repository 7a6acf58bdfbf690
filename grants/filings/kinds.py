"""What differs between kinds of filing, registered by `grants.kinds` when the apps start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FilingKind:
    """`payload(filing)` is what gets sealed: sections, judgements, amounts, terms, JSON-ready.

    `judgements(filing)` are the live ones while it is written. `symbol` stands in 受付番号.
    `editors(filing)` are the people who ever wrote on it: they do not approve it (four eyes).
    `writing_url_name` is the page where its writers go on, with the filing's id.
    """

    name: str
    label: str
    form_name: str
    symbol: str
    payload: Callable[[Any], dict[str, Any]]
    judgements: Callable[[Any], list[Any]]
    document_kind: str
    editors: Callable[[Any], set[UUID]]
    writing_url_name: str = "applications:overview"
    # Whether the Cabinet Office decides on it within the standard processing period.
    is_decided: bool = False


_kinds: dict[str, FilingKind] = {}


def register_kind(kind: FilingKind) -> None:
    _kinds[kind.name] = kind


def kind_of(name: str) -> FilingKind:
    return _kinds[name]
