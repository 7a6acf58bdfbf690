"""A returned workbook against the plan: rows new, changed and removed, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.spreadsheets.api import (
    CellProblem,
    Level,
    Marked,
    ReadContext,
    TableReading,
    TableRow,
    UploadRefusedError,
    Workbook,
    read_table,
)

from .workbook import UID_CODES, PlanTable, StoredRow

_TEXTS_WITHOUT = {"is_eligible": True, "tax": "included"}


@dataclass(frozen=True, slots=True)
class CellChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """`kind` is new, changed or removed; `number` is the row's place in its sheet, 0 when it is gone."""

    table: str
    kind: str
    section: str
    name: str
    number: int
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row as it is to be stored; `uid` is None for a new one."""

    uid: str | None
    values: Mapping[str, Any]


@dataclass
class Comparison:
    """`rows` holds every table as it would be, in its order; `touched` the sections that change."""

    rows: dict[str, list[NewRow]] = field(default_factory=dict)
    changes: list[RowChange] = field(default_factory=list)
    reordered: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    marked: list[Marked] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[tuple[str, CellProblem]]:
        return [(sheet.sheet, problem) for sheet in self.marked for problem in sheet.problems]

    @property
    def errors(self) -> int:
        return sum(problem.level is Level.ERROR for _, problem in self.problems)

    @property
    def is_unchanged(self) -> bool:
        return not self.touched

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)


def compare(workbook: Workbook, tables: Mapping[str, PlanTable]) -> Comparison:
    """Raises UploadRefusedError for a sheet or a column that is missing: its rows are not removed."""
    found = Comparison()
    names = {sheet.name for sheet in workbook.visible_sheets}
    missing = [table.sheet for table in tables.values() if table.sheet not in names]
    if missing:
        raise UploadRefusedError("no_sheet", sheets="、".join(missing))
    for table in tables.values():
        _compare_table(workbook, table, found)
    return found


def _compare_table(workbook: Workbook, table: PlanTable, found: Comparison) -> None:
    rows: list[NewRow] = []
    reading = _read(workbook, table)
    if reading is not None:
        found.marked.append(Marked(table.sheet, _problems(reading, table)))
        found.notes += [f"「{table.sheet}」：{note}" for note in reading.notes]
        found.notes += [
            f"「{table.sheet}」の{row.number}行目は、{row.reason.value}として読みませんでした。"
            for row in reading.dropped
            if row.reason.value not in ("空の行", "表題など")
        ]
        wrong = _wrong_cells(reading)
        rows = [_new_row(row, table, found, wrong) for row in reading.rows]
    found.rows[table.name] = rows
    kept = {row.uid for row in rows}
    for stored in table.rows:
        if str(stored.uid) not in kept:
            _add(
                found,
                table,
                "removed",
                stored.values,
                0,
                _all_cells(table, stored.values, gone=True),
            )
    _note_order(rows, table, found)


def _read(workbook: Workbook, table: PlanTable) -> TableReading | None:
    """None for a sheet whose rows were all taken out."""
    try:
        reading = read_table(workbook, table.spec(), ReadContext(), sheet=table.sheet)
    except UploadRefusedError as refusal:
        if refusal.code == "no_rows":
            return None
        raise
    missing = [c.label for c in table.columns if c.key not in reading.layout.columns]
    if missing:
        columns = "、".join(missing)
        raise UploadRefusedError("no_columns", sheet=table.sheet, columns=columns)
    return reading


def _problems(reading: TableReading, table: PlanTable) -> tuple[CellProblem, ...]:
    """Without those of cells that came back as they went out."""
    by_number = {row.number: row for row in reading.rows}
    keys = {place: key for key, place in reading.layout.columns.items()}

    def came_back(problem: CellProblem) -> bool:
        row, key = by_number.get(problem.address[0]), keys.get(problem.address[1])
        if key == "uid":
            # The digits of an id may look like a telephone number.
            return problem.code not in UID_CODES
        if row is None or key is None:
            return False
        stored = table.by_uid.get(row.originals.get("uid", "").strip())
        return stored is not None and _is_same_text(row, table, stored, key)

    return tuple(problem for problem in reading.problems if not came_back(problem))


def _is_same_text(row: TableRow, table: PlanTable, stored: StoredRow, key: str) -> bool:
    out = table.exported(stored)[key]
    return row.originals.get(key, "").strip() == ("" if out is None else str(out).strip())


def _wrong_cells(reading: TableReading) -> set[tuple[int, str]]:
    """(row, column) of what must be mended: it is said once, and not as a change to nothing."""
    keys = {place: key for key, place in reading.layout.columns.items()}
    return {
        (row, keys[place])
        for row, place in (problem.address for problem in reading.errors)
        if place in keys
    }


def _new_row(
    row: TableRow, table: PlanTable, found: Comparison, wrong: set[tuple[int, str]]
) -> NewRow:
    uid = row.originals.get("uid", "").strip()
    stored = table.by_uid.get(uid)
    read = {key: _meant(table, key, row.values[key]) for key in table.by_keys()}
    if stored is None:
        values = {
            **read,
            **{k: v for k, v in _TEXTS_WITHOUT.items() if read.get(k, v) in ("", None)},
        }
        _add(found, table, "new", values, row.number, _all_cells(table, values))
        return NewRow(None, values)
    values = {
        key: stored.values[key]
        if (row.number, key) in wrong
        or _is_same_text(row, table, stored, key)
        or stored.values[key] == value
        else _TEXTS_WITHOUT.get(key, value)
        if value in ("", None)
        else value
        for key, value in read.items()
    }
    cells = tuple(
        CellChange(table.label(key), table.shown(key, old), table.shown(key, values[key]))
        for key, old in stored.values.items()
        if values[key] != old
    )
    if cells:
        _add(found, table, "changed", values, row.number, cells)
        _touch(found, table, stored.values)
    return NewRow(uid, values)


def _meant(table: PlanTable, key: str, value: Any) -> Any:
    """What a reading is in the database: a code for a word, empty text for no text."""
    if key in table.meanings:
        return table.meanings[key].get(value, "")
    if value is None and not table.is_number(key):
        return ""
    return value


def _all_cells(
    table: PlanTable, values: Mapping[str, Any], *, gone: bool = False
) -> tuple[CellChange, ...]:
    shown = [(table.label(key), table.shown(key, value)) for key, value in values.items()]
    return tuple(
        CellChange(label, text if gone else "", "" if gone else text)
        for label, text in shown
        if text
    )


def _add(
    found: Comparison,
    table: PlanTable,
    kind: str,
    values: Mapping[str, Any],
    number: int,
    cells: tuple[CellChange, ...],
) -> None:
    section = table.shown("section", values["section"]) if "section" in values else table.sheet
    name = str(values.get("item") or values.get("label") or "（名称は未入力）")
    found.changes.append(RowChange(table.name, kind, section, name, number, cells))
    _touch(found, table, values)


def _touch(found: Comparison, table: PlanTable, values: Mapping[str, Any]) -> None:
    key = values.get("section", table.name)
    if key:
        found.touched.add(key)


def _note_order(rows: list[NewRow], table: PlanTable, found: Comparison) -> None:
    """The order within a section counts; that of the sections is the plan's own."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    present = {row.uid for row in rows}
    for stored in table.rows:
        if str(stored.uid) in present:
            before.setdefault(stored.values.get("section", table.name), []).append(str(stored.uid))
    for row in rows:
        if row.uid is not None:
            after.setdefault(row.values.get("section", table.name), []).append(row.uid)
    for key, uids in after.items():
        if key and [uid for uid in before.get(key, []) if uid in uids] != [
            uid for uid in uids if uid in before.get(key, [])
        ]:
            found.touched.add(key)
            found.reordered.add(table.shown("section", key) if key != table.name else table.sheet)
