"""Two sheets side by side: only what changed, row by row, with the unchanged counted. Pure."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .sealing import Change, changes, show

Section = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ComparedCell:
    label: str
    old: str
    new: str
    is_changed: bool
    is_number: bool


@dataclass(frozen=True, slots=True)
class ComparedField:
    """`kind` is added, removed or changed."""

    label: str
    old: str
    new: str
    kind: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """`kind` is added, removed or changed; `number` stands in the newer table, 0 for a removed row."""

    kind: str
    number: int
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True, slots=True)
class ComparedTable:
    title: str
    labels: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """`kind` says that the whole section was added or removed; `unchanged` counts its fields."""

    key: str
    name: str
    kind: str
    fields: tuple[ComparedField, ...]
    unchanged: int
    tables: tuple[ComparedTable, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    sections: tuple[ComparedSection, ...]
    same: int
    places: int

    @property
    def rows(self) -> int:
        return sum(len(table.rows) for section in self.sections for table in section.tables)

    @property
    def unchanged_rows(self) -> int:
        return sum(table.unchanged for section in self.sections for table in section.tables)


def compare(old: list[Section], new: list[Section]) -> Comparison:
    """Sections that differ, in the order of the new sheet, removed ones last; `same` counts the rest."""
    found = changes(old, new)
    touched = {change.section for change in found}
    before = {section["key"]: section for section in old}
    after = {section["key"]: section for section in new}
    keys = [*after, *(key for key in before if key not in after)]
    sections = tuple(
        _section(before.get(key), after.get(key), [c for c in found if c.section == key])
        for key in keys
        if key in touched
    )
    return Comparison(sections, len(keys) - len(sections), len(found))


def _section(old: Section | None, new: Section | None, found: list[Change]) -> ComparedSection:
    shown = new or old
    assert shown is not None  # a key of either
    names = {f["key"]: f["label"] for one in (old, new) if one for f in one["fields"]}
    fields = tuple(
        ComparedField(names[name], change.shown_old, change.shown_new, change.kind)
        for change in found
        for _, uid, name in [change.address.split("/")]
        if not uid
    )
    tables = []
    for key in dict.fromkeys(t["key"] for one in (new, old) if one for t in one["tables"]):
        table = _table(_named(old, key), _named(new, key))
        if table.rows:
            tables.append(table)
    return ComparedSection(
        key=shown["key"],
        name=f"{shown['mark']} {shown['title']}".strip(),
        kind="added" if old is None else "removed" if new is None else "changed",
        fields=fields,
        unchanged=len(shown["fields"]) - len(fields),
        tables=tuple(tables),
    )


def _named(section: Section | None, key: str) -> dict[str, Any] | None:
    tables = section["tables"] if section else ()
    return next((table for table in tables if table["key"] == key), None)


def _table(old: dict[str, Any] | None, new: dict[str, Any] | None) -> ComparedTable:
    shown = new or old
    assert shown is not None  # of one of the two sections
    columns = shown["columns"]
    before = {row["uid"]: row["cells"] for row in old["rows"]} if old else {}
    after = {row["uid"]: row["cells"] for row in new["rows"]} if new else {}
    rows = []
    for number, (uid, cells) in enumerate(after.items(), start=1):
        if uid not in before:
            rows.append(ComparedRow("added", number, _cells(columns, {}, cells)))
        elif any(before[uid].get(c["key"]) != cells.get(c["key"]) for c in columns):
            rows.append(ComparedRow("changed", number, _cells(columns, before[uid], cells)))
    rows += [
        ComparedRow("removed", 0, _cells(columns, cells, {}))
        for uid, cells in before.items()
        if uid not in after
    ]
    kept = len(after) - sum(row.kind != "removed" for row in rows)
    return ComparedTable(shown["title"], tuple(c["label"] for c in columns), tuple(rows), kept)


def _cells(
    columns: list[dict[str, str]], old: dict[str, Any], new: dict[str, Any]
) -> tuple[ComparedCell, ...]:
    return tuple(
        ComparedCell(
            label=column["label"],
            old=show(old.get(column["key"]), column["kind"]),
            new=show(new.get(column["key"]), column["kind"]),
            is_changed=old.get(column["key"]) != new.get(column["key"]),
            is_number=column["kind"] in ("yen", "number", "count"),
        )
        for column in columns
    )


def aligned(old: list[Section], new: list[Section]) -> list[Section]:
    """The old sheet under the new one's keys, for a plan that was written anew and not copied.

    What has the same key or uid stays. Otherwise a section is known by its mark and a row by its
    first two columns, each only where that is said once on either side.
    """
    shifted = copy.deepcopy(old)
    _rename(shifted, new, "key", lambda section: section["mark"])
    after = {section["key"]: section for section in new}
    for section in shifted:
        for table in section["tables"]:
            other = _named(after.get(section["key"]), table["key"])
            if other is not None:
                _rename(table["rows"], other["rows"], "uid", _call(table["columns"]))
    return shifted


def _call(columns: list[dict[str, str]]) -> Callable[[dict[str, Any]], str]:
    first = [column["key"] for column in columns[:2] if column["kind"] == "text"]
    return lambda row: "/".join(str(row["cells"].get(key) or "") for key in first)


def _rename(
    old: list[dict[str, Any]],
    new: Iterable[dict[str, Any]],
    name: str,
    call: Callable[[dict[str, Any]], str],
) -> None:
    known = {one[name] for one in new}
    mine = {one[name] for one in old}
    free = [one for one in new if one[name] not in mine]
    lost = [one for one in old if one[name] not in known]
    often = Counter(call(one) for one in free), Counter(call(one) for one in lost)
    by_call = {call(one): one[name] for one in free}
    for one in lost:
        called = call(one)
        if called and often[0][called] == often[1][called] == 1:
            one[name] = by_call[called]
