"""A sealed sheet ready for a template: sections with shown values, what changed, what is pinned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class ShownSection:
    """A page shows one section and the names of the others: values are prepared when asked for."""

    sheet: dict[str, Any]
    changes: dict[str, Change]
    pinned: dict[str, list[ReviewItem]]

    @property
    def key(self) -> str:
        return str(self.sheet["key"])

    @property
    def mark(self) -> str:
        return str(self.sheet["mark"])

    @property
    def title(self) -> str:
        return str(self.sheet["title"])

    @property
    def clause(self) -> str:
        return str(self.sheet["clause"])

    @property
    def amount(self) -> int | None:
        """In yen."""
        return self.sheet.get("amount")

    @property
    def delivery(self) -> str:
        return str(self.sheet.get("delivery", ""))

    @property
    def name(self) -> str:
        return f"{self.mark} {self.title}".strip()

    @cached_property
    def fields(self) -> tuple[ShownCell, ...]:
        return tuple(
            _cell(
                f"{self.key}//{f['key']}",
                f["label"],
                f["kind"],
                f["value"],
                self.changes,
                self.pinned,
            )
            for f in self.sheet["fields"]
        )

    @cached_property
    def tables(self) -> tuple[ShownTable, ...]:
        return tuple(
            _table(self.key, table, self.changes, self.pinned) for table in self.sheet["tables"]
        )

    @cached_property
    def change_count(self) -> int:
        return sum(change.section == self.key for change in self.changes.values())

    @cached_property
    def items(self) -> tuple[ReviewItem, ...]:
        return tuple(
            item for found in self.pinned.values() for item in found if item.section == self.key
        )

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
    return [ShownSection(section, by_address, pinned) for section in sections]


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
        if (change.kind, change.section, change.table) == ("removed", key, table["key"]):
            _, uid, column = change.address.split("/")
            shown = show(change.old, change.column_kind)
            gone.setdefault(uid, []).append(f"{labels.get(column, '')} {shown}".strip())
    here = {row["uid"] for row in table["rows"]}
    return tuple("、".join(parts) for uid, parts in gone.items() if uid not in here)


def _yen(amount: int | None) -> str:
    return "" if amount is None else format_number(amount)
