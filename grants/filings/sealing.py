"""Canonical JSON, its hash, and the comparison of two sealed versions. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core.dates import screen_date
from portal.core.money import format_number


def canonical(payload: dict[str, Any]) -> str:
    """The same content gives the same text: sorted keys, no spaces, every character kept as it is."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """`kind` is changed, added or removed; values as in the sheet, `column_kind` to show them.

    `table` is the key of the table that it stands in, empty for a field of the section.
    """

    address: str
    section: str
    place: str
    old: Any
    new: Any
    kind: str
    column_kind: str = "text"
    table: str = ""

    @property
    def shown_old(self) -> str:
        return show(self.old, self.column_kind)

    @property
    def shown_new(self) -> str:
        return show(self.new, self.column_kind)


@dataclass(frozen=True, slots=True)
class _Cell:
    section: str
    place: str
    value: Any
    kind: str
    table: str = ""


def show(value: Any, kind: str) -> str:
    """A value of the sheet as people read it; empty text where there is none."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if kind == "date":
        return screen_date(date.fromisoformat(value))
    if kind in ("yen", "count") and isinstance(value, int):
        return format_number(value)
    if kind == "number":
        whole, _, rest = str(value).partition(".")
        return f"{int(whole):,}" + (f".{rest}" if rest else "")
    return str(value)


def cells(sections: list[dict[str, Any]]) -> dict[str, _Cell]:
    """Every value of a sheet by its address, with where it stands in words."""
    found: dict[str, _Cell] = {}
    for section in sections:
        title = f"{section['mark']} {section['title']}".strip()
        for field in section["fields"]:
            address = f"{section['key']}//{field['key']}"
            place = f"{title} {field['label']}"
            found[address] = _Cell(section["key"], place, field["value"], field["kind"])
        for table in section["tables"]:
            for number, row in enumerate(table["rows"], start=1):
                for column in table["columns"]:
                    address = f"{section['key']}/{row['uid']}/{column['key']}"
                    place = f"{title} {table['title']}{number}行目 {column['label']}"
                    value = row["cells"].get(column["key"])
                    found[address] = _Cell(
                        section["key"], place, value, column["kind"], table["key"]
                    )
    return found


def changes(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[Change]:
    """What differs between two versions, in the order of the new one, removals last."""
    before, after = cells(old), cells(new)
    return [*_changed(before, after), *_removed(before, after)]


def _changed(before: dict[str, _Cell], after: dict[str, _Cell]) -> Iterator[Change]:
    for address, cell in after.items():
        earlier = before.get(address)
        if earlier is None and cell.value not in (None, "", []):
            yield _change(address, cell, None, cell.value, "added")
        elif earlier is not None and earlier.value != cell.value:
            yield _change(address, cell, earlier.value, cell.value, "changed")


def _removed(before: dict[str, _Cell], after: dict[str, _Cell]) -> Iterator[Change]:
    for address, cell in before.items():
        if address not in after and cell.value not in (None, "", []):
            yield _change(address, cell, cell.value, None, "removed")


def _change(address: str, cell: _Cell, old: Any, new: Any, kind: str) -> Change:
    return Change(address, cell.section, cell.place, old, new, kind, cell.kind, cell.table)
