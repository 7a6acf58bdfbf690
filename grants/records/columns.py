"""The columns of a file by the names that its sender gives them: suggested, chosen, remembered.

No database. Names are texts of the file's header; a key is a field's, or empty for a column that is
not to be read. What is only similar is suggested, never taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from portal.spreadsheets.api import Column, Layout, TableSpec, fold_header

Names = Mapping[str, str]
NOT_READ = ""
# Below this two names have nothing to do with each other: 参加者 and 来場者 have 0.67.
_ALIKE = 0.6


def known_as(spec: TableSpec, names: Names) -> TableSpec:
    """The same form, which also knows its columns by these names."""
    if not names:
        return spec
    more = {key: [text for text, k in names.items() if k == key] for key in names.values()}
    return replace(
        spec,
        columns=tuple(
            replace(column, aliases=(*column.aliases, *more.get(column.key, ())))
            for column in spec.columns
        ),
    )


def suggested(text: str, columns: Iterable[Column]) -> str:
    """The key of the column whose name is most like this one; empty where none is."""
    wanted = fold_header(text)
    best, found = _ALIKE, NOT_READ
    for column in columns:
        for name in (column.label, *column.aliases):
            alike = _likeness(wanted, fold_header(name))
            if alike > best:
                best, found = alike, column.key
    return found


def _likeness(one: str, other: str) -> float:
    shorter = min(len(one), len(other))
    if shorter >= 2 and (one in other or other in one):
        return 0.7 + shorter / max(len(one), len(other)) / 10
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def headers_of(layout: Layout, spec: TableSpec, names: Names) -> list[dict[str, Any]]:
    """Each column that has a name of the sender's own, as JSON: how it is read, or what it may be.

    `choice` is None while nobody has said.
    """
    left = columns_left(layout, spec)
    found = [
        {"place": place, "text": text, "choice": key, "suggested": ""}
        for key, place in layout.columns.items()
        if names.get(text := layout.header(place)) == key
    ]
    for place, text in layout.unknown:
        choice = names.get(text)
        found.append(
            {
                "place": place,
                "text": text,
                "choice": choice if choice == NOT_READ else None,
                "suggested": suggested(text, left),
            }
        )
    return sorted(found, key=lambda one: one["place"])


def columns_left(layout: Layout, spec: TableSpec) -> list[Column]:
    """What the form knows and the file does not name."""
    return [c for c in spec.columns if c.key not in layout.columns and not c.is_ordinal]


def undecided(reading: Mapping[str, Any]) -> list[str]:
    """Names that may mean a column of the form, and of which nobody has said so or not."""
    return [
        one["text"]
        for one in reading.get("headers", ())
        if one["choice"] is None and one["suggested"]
    ]
