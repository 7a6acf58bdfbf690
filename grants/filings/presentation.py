"""A sealed sheet ready for a template: sections with shown values, what changed, what is pinned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from portal.core.money import format_number

from .models import ReviewItem
from .sealing import Change, show


@dataclass(frozen=True, slots=True)
class ShownCell:
    address: str
    label: str
    kind: str
    value: str
    old: str | None = None
    items: tuple[ReviewItem, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.old is not None

    @property
    def is_number(self) -> bool:
        return self.kind in ("yen", "number", "count")


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: int
    uid: str
    cells: tuple[ShownCell, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    key: str
    title: str
    columns: tuple[dict[str, str], ...]
    rows: tuple[ShownRow, ...]
    removed: tuple[str, ...]
    total: str
    eligible_total: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    key: str
    mark: str
    title: str
    clause: str
    amount: int | None
    delivery: str
    fields: tuple[ShownCell, ...]
    tables: tuple[ShownTable, ...]
    change_count: int
    items: tuple[ReviewItem, ...] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.mark} {self.title}".strip()

    @property
    def open_items(self) -> int:
        return sum(item.state != "resolved" for item in self.items)


def present(
    sections: list[dict[str, Any]],
    changes: Iterable[Change] = (),
    items: Iterable[ReviewItem] = (),
) -> list[ShownSection]:
    """Pure apart from reading the given items: no query."""
    by_address = {change.address: change for change in changes}
    pinned: dict[str, list[ReviewItem]] = {}
    for item in items:
        pinned.setdefault(item.address, []).append(item)
    return [_section(section, by_address, pinned) for section in sections]


def _section(
    section: dict[str, Any],
    changes: dict[str, Change],
    pinned: dict[str, list[ReviewItem]],
) -> ShownSection:
    key = section["key"]
    own_items = tuple(
        item for address, found in pinned.items() for item in found if item.section == key
    )
    return ShownSection(
        key=key,
        mark=section["mark"],
        title=section["title"],
        clause=section["clause"],
        amount=section.get("amount"),
        delivery=section.get("delivery", ""),
        fields=tuple(
            _cell(f"{key}//{f['key']}", f["label"], f["kind"], f["value"], changes, pinned)
            for f in section["fields"]
        ),
        tables=tuple(_table(key, table, changes, pinned) for table in section["tables"]),
        change_count=sum(change.section == key for change in changes.values()),
        items=own_items,
    )


def _cell(
    address: str,
    label: str,
    kind: str,
    value: Any,
    changes: dict[str, Change],
    pinned: dict[str, list[ReviewItem]],
) -> ShownCell:
    change = changes.get(address)
    return ShownCell(
        address=address,
        label=label,
        kind=kind,
        value=show(value, kind),
        old=None if change is None else show(change.old, kind),
        items=tuple(pinned.get(address, ())),
    )


def _table(
    key: str,
    table: dict[str, Any],
    changes: dict[str, Change],
    pinned: dict[str, list[ReviewItem]],
) -> ShownTable:
    columns = tuple(table["columns"])
    rows = []
    for number, row in enumerate(table["rows"], start=1):
        cells = tuple(
            _cell(
                f"{key}/{row['uid']}/{c['key']}",
                f"{number}行目 {c['label']}",
                c["kind"],
                row["cells"].get(c["key"]),
                changes,
                pinned,
            )
            for c in columns
        )
        added = [changes.get(cell.address) for cell in cells]
        is_new = any(added) and all(c is None or c.kind == "added" for c in added)
        rows.append(ShownRow(number, row["uid"], cells, is_new))
    return ShownTable(
        key=table["key"],
        title=table["title"],
        columns=columns,
        rows=tuple(rows),
        removed=_removed(key, table, changes),
        total=_yen(table.get("total")),
        eligible_total=_yen(table.get("eligible_total")),
    )


def _removed(key: str, table: dict[str, Any], changes: dict[str, Change]) -> tuple[str, ...]:
    """Lines of the earlier version that are gone, in words."""
    gone: dict[str, list[str]] = {}
    labels = {c["key"]: c["label"] for c in table["columns"]}
    for change in changes.values():
        section, uid, column = change.address.split("/")
        if change.kind == "removed" and section == key and uid and column in labels:
            gone.setdefault(uid, []).append(
                f"{labels[column]} {show(change.old, change.column_kind)}"
            )
    named = {
        "lines": "節",
        "indicators": "目標",
        "incomes": "収入の内容",
        "needs": "取組",
        "contracts": "契約",
        "progress": "取組",
    }
    is_mine = named[table["key"]]
    return tuple("、".join(parts) for parts in gone.values() if any(is_mine in p for p in parts))


def _yen(amount: int | None) -> str:
    return "" if amount is None else format_number(amount)
