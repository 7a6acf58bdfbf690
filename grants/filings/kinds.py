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
    symbol: str
    payload: Callable[[Any], dict[str, Any]]
    judgements: Callable[[Any], list[Any]]
    document_kind: str
    editors: Callable[[Any], set[UUID]]
    writing_url_name: str = "applications:overview"
    # Whether the Cabinet Office decides on it within the standard processing period.
    is_decided: bool = False
    # How pages call the amount that is filed, and the table that it comes from.
    amount_label: str = "申請額"
    amounts_title: str = "所要額調書"
    # What reviewers of this kind alone do, beside points and checklist.
    work_url_name: str = ""
    work_label: str = ""
    # Whether all of the Cabinet Office reads its paper, or only those who get it from its own page.
    paper_is_open: bool = True


_kinds: dict[str, FilingKind] = {}


def register_kind(kind: FilingKind) -> None:
    _kinds[kind.name] = kind


def kind_of(name: str) -> FilingKind:
    return _kinds[name]


def decided_kinds() -> list[str]:
    """Those on which the Cabinet Office decides within the standard processing period."""
    return [kind.name for kind in _kinds.values() if kind.is_decided]
