"""From an uploaded table to what a person is shown and what is stored: plain values, no database.

The file is read by `portal.spreadsheets`; here its rows meet the month: what is new, what is there
already, what says something else, what must be mended or confirmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from grants.activities.api import ActivityType
from portal.core.money import format_number
from portal.core.personal import TICKS
from portal.spreadsheets.api import (
    CellProblem,
    Level,
    ReadContext,
    RowStatus,
    Sheet,
    TableReading,
    TableRow,
    TableSpec,
    Workbook,
    cell_name,
    read_table,
)

from .columns import Names, columns_left, headers_of, known_as
from .rules import unusual
from .values import differences, entered_fields, pack, place_of, record_key, unpack

Mends = Mapping[str, str]
# Cells of these problems cannot be typed anew on the page: the file itself must change.
_IN_THE_FILE = frozenset({"missing_column", "repeated_column", "same_key"})
# What is confirmed by a tick alone: the choice itself is the reason.
_NO_REASON = frozenset({"total", "same_row"})
_NOT_A_CELL = frozenset({"total", "same_row", "hidden_row"})
_TICK = {
    "total": "明細の合計を使う",
    "same_row": "1行だけ取り込む",
    "hidden_row": "非表示の行も取り込む",
    **TICKS,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is in the portal already: `records` of the month by key, and past numbers by place.

    `past` is {(field key, place): values of the last twelve months}.
    """

    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    past: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)


def typed_workbook(activity: ActivityType, rows: Iterable[Mapping[str, str]]) -> Workbook:
    """Rows that a person typed one by one, as the sheet of a file: read by the same eyes."""
    keys = [item.key for item in entered_fields(activity)]
    head = tuple(activity.record_spec.by_key[key].header for key in keys)
    cells = (tuple(row.get(key, "") for key in keys) for row in rows)
    return Workbook("", "csv", None, 0, (Sheet("", (head, *cells), is_typed=True),))


def read_month(
    workbook: Workbook,
    activity: ActivityType,
    context: ReadContext,
    known: Known,
    mends: Mends | None = None,
    names: Names | None = None,
) -> dict[str, Any]:
    """All there is to say of the file, as JSON. Raises UploadRefusedError."""
    spec = known_as(activity.record_spec, names or {})
    sent = read_table(workbook, spec, context)
    reading = reread(workbook, sent, spec, context, mends or {})
    return _Result(activity, spec, known, sent, reading, mends or {}, names or {}).as_json()


def reread(
    workbook: Workbook,
    sent: TableReading,
    spec: TableSpec,
    context: ReadContext,
    mends: Mends,
) -> TableReading:
    """The same table with the typed texts in place of the cells that were sent."""
    if not mends:
        return sent
    sheet = with_mends(sent.layout.sheet, mends)
    return read_table(replace(workbook, sheets=(sheet,)), spec, context)


def with_mends(sheet: Sheet, mends: Mends) -> Sheet:
    """A mended cell is what was typed: no formula, no error, nothing lent to it by a merge."""
    rows, touched = [], set()
    for number, cells in sheet.numbered():
        texts = list(cells)
        for place in range(1, len(texts) + 1):
            typed = mends.get(cell_name((number, place)))
            if typed is not None:
                texts[place - 1] = typed
                touched.add((number, place))
        rows.append(tuple(texts))
    return replace(
        sheet,
        rows=tuple(rows),
        filled={a: source for a, source in sheet.filled.items() if a not in touched},
        formulas={a: has for a, has in sheet.formulas.items() if a not in touched},
        errors={a: text for a, text in sheet.errors.items() if a not in touched},
    )


@dataclass
class _Result:
    activity: ActivityType
    spec: TableSpec
    known: Known
    sent: TableReading
    reading: TableReading
    mends: Mends
    names: Names

    def __post_init__(self) -> None:
        self.columns = {place: key for key, place in self.reading.layout.columns.items()}
        self.present = frozenset(self.reading.layout.columns)
        self.by_number = {row.number: row for row in self.reading.rows}

    def as_json(self) -> dict[str, Any]:
        rows = [self._row(row) for row in self.reading.rows]
        found = [*self.reading.problems, *self._unusual()]
        dropped = Counter(row.reason.value for row in self.reading.dropped)
        return {
            "sheet": self.reading.sheet_name,
            "rows": rows,
            "problems": self._problems(sorted(found, key=lambda p: p.address)),
            "mended": self._mended(),
            "headers": headers_of(self.reading.layout, self.spec, self.names),
            "columns_left": [
                {"key": column.key, "label": column.label}
                for column in columns_left(self.reading.layout, self.spec)
            ],
            "cleanings": [
                *self._renamed(),
                *(
                    {
                        "label": group.label,
                        "count": group.count,
                        "original": group.example.original,
                        "cleaned": group.example.cleaned,
                    }
                    for group in self.reading.cleaning_groups
                ),
            ],
            "notes": list(self.reading.notes),
            "dropped": dict(dropped),
        }

    def _renamed(self) -> list[dict[str, Any]]:
        """That a name of the sender's own was read as one of ours is a cleaning like any other."""
        read = [
            one for one in headers_of(self.reading.layout, self.spec, self.names) if one["choice"]
        ]
        return [
            {
                "label": "列の名前を項目に読み替える",
                "count": len(read),
                "original": one["text"],
                "cleaned": self.spec.by_key[one["choice"]].label,
            }
            for one in read[:1]
        ]

    def _row(self, row: TableRow) -> dict[str, Any]:
        record = self.activity.record_values(row.values)
        values = pack({key: value for key, value in record.items() if key in self.present})
        key = record_key(self.activity, values)
        verdict, changes = self._verdict(row, key, values)
        originals = {
            name: self.sent.layout.sheet.text((row.number, place))
            for place, name in self.columns.items()
        }
        return {
            "number": row.number,
            "place": place_of(self.activity, record),
            "key": key,
            "values": values,
            "originals": originals,
            "mended": self._mends_of(row.number),
            "approximate": sorted(row.approximate),
            "verdict": verdict,
            "changes": changes,
        }

    def _verdict(
        self, row: TableRow, key: str, values: Mapping[str, Any]
    ) -> tuple[str, list[dict[str, str]]]:
        if row.status is RowStatus.ERROR:
            return "error", []
        if row.duplicate_of is not None:
            return "repeated", []
        return compare(self.activity, self.known.records.get(key), values)

    def _place(self, number: int) -> str:
        row = self.by_number.get(number)
        if row is None:
            return ""
        return place_of(self.activity, self.activity.record_values(row.values))

    def _mends_of(self, number: int) -> dict[str, str]:
        """Typed texts of one row by column."""
        if not self.mends:
            return {}
        found = {}
        for place, key in self.columns.items():
            typed = self.mends.get(cell_name((number, place)))
            if typed is not None:
                found[key] = typed
        return found

    def _problems(self, found: Iterable[CellProblem]) -> list[dict[str, Any]]:
        """The name of a place that stands in many rows is asked about once, at the first."""
        problems: list[dict[str, Any]] = []
        first: dict[tuple[str, str, str], dict[str, Any]] = {}
        for one in map(self._problem, found):
            if is_cleared_once(one):
                text = one["original"] if one["typed"] is None else one["typed"]
                asked = first.setdefault((one["code"], one["key"], text.strip()), one)
                asked["rows_alike"] += 1
                if asked is not one:
                    continue
            problems.append(one)
        return problems

    def _problem(self, problem: CellProblem) -> dict[str, Any]:
        number, place = problem.address
        column = self.columns.get(place, "")
        item = self.activity.by_key.get(column)
        is_row = number in self.by_number
        is_cell = problem.code not in _NOT_A_CELL | _IN_THE_FILE
        return {
            "id": problem.id,
            "cell": problem.cell,
            "row": number,
            "level": problem.level.value,
            "code": problem.code,
            "field": problem.column_label,
            "key": column,
            "place": self._place(number) or ("合計の行" if problem.code == "total" else ""),
            "original": self.sent.layout.sheet.text(problem.address),
            "typed": self.mends.get(problem.cell),
            "reason": problem.reason,
            "fix": problem.fix,
            "unit": item.unit if item else "",
            "is_number": bool(item and item.kind.is_number),
            "is_long": bool(item and item.kind == "long_text"),
            "can_mend": is_row and is_cell and bool(column),
            "asks_reason": problem.code not in _NO_REASON,
            "tick": _TICK.get(problem.code, "正しい"),
            "rows_alike": 0,
        }

    def _mended(self) -> list[dict[str, Any]]:
        """Cells that were mended and are right now, so that they can be looked at again."""
        if not self.mends:
            return []
        wrong = {problem.cell for problem in self.reading.problems}
        found = []
        for number in self.by_number:
            for place, key in self.columns.items():
                cell = cell_name((number, place))
                if cell in self.mends and cell not in wrong:
                    item = self.activity.by_key.get(key)
                    found.append(
                        {
                            "cell": cell,
                            "row": number,
                            "field": item.label if item else key,
                            "place": self._place(number),
                            "original": self.sent.layout.sheet.text((number, place)),
                            "typed": self.mends[cell],
                            "unit": item.unit if item else "",
                            "is_number": bool(item and item.kind.is_number),
                            "is_long": bool(item and item.kind == "long_text"),
                        }
                    )
        return found

    def _unusual(self) -> Iterable[CellProblem]:
        """Required counts far from what the same place had in the last twelve months."""
        if not self.known.past:
            return
        counted = [
            (place, item)
            for place, key in self.columns.items()
            if (item := self.activity.by_key.get(key)) and item.required and item.kind == "count"
        ]
        for row in self.reading.rows:
            name = venue_of(self.activity, row.values)
            for place, item in counted:
                value = row.values.get(item.key)
                if not isinstance(value, int):
                    continue
                span = unusual(value, self.known.past.get((item.key, name), ()))
                if span is not None:
                    yield CellProblem(
                        (row.number, place),
                        item.label,
                        row.originals.get(item.key, ""),
                        "unusual",
                        f"過去12か月の範囲（{format_number(span[0])}～{format_number(span[1])}"
                        f"{item.unit}）から大きく外れています。",
                        "誤りであれば直し、正しければ理由を入力してください。",
                        Level.CONFIRM,
                    )


def is_cleared_once(problem: Mapping[str, Any]) -> bool:
    """A short text that looks like a person: one answer holds wherever the contractor writes it."""
    return problem["code"] in TICKS and not problem["is_long"] and bool(problem["key"])


def spread(reading: Mapping[str, Any], mends: Mapping[str, str]) -> dict[str, str]:
    """What was typed for such a text, in every row in which it stands."""
    found = dict(mends)
    for problem in reading["problems"]:
        typed = mends.get(problem["cell"])
        if typed is None or not is_cleared_once(problem):
            continue
        column = problem["cell"].rstrip("0123456789")
        for row in reading["rows"]:
            if row["originals"].get(problem["key"]) == problem["original"]:
                found.setdefault(f"{column}{row['number']}", typed)
    return found


def venue_of(activity: ActivityType, values: Mapping[str, Any]) -> str:
    """The first key column that is a text: the place or the title."""
    for item in activity.entered_fields:
        if item.is_key and item.kind == "text" and values.get(item.key):
            return str(values[item.key])
    return ""


def compare(
    activity: ActivityType, stored: Mapping[str, Any] | None, values: Mapping[str, Any]
) -> tuple[str, list[dict[str, str]]]:
    """new, same or changed against what is stored under the same key, with the fields in words."""
    if stored is None:
        return "new", []
    changes = differences(activity, stored, values)
    return ("changed", changes) if changes else ("same", [])


def counts(reading: Mapping[str, Any]) -> dict[str, int]:
    """Rows by verdict; they add up to `read`. `mend` and `confirm` count cells."""
    by = Counter(row["verdict"] for row in reading.get("rows", ()))
    levels = Counter(problem["level"] for problem in reading.get("problems", ()))
    return {
        "read": sum(by.values()),
        "new": by["new"],
        "changed": by["changed"],
        "same": by["same"],
        "repeated": by["repeated"],
        "wrong": by["error"],
        "mend": levels["error"],
        "confirm": levels["confirm"],
    }


def month_after(
    activity: ActivityType,
    records: Mapping[str, Mapping[str, Any]],
    reading: Mapping[str, Any],
    decisions: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The month's rows as they would be after taking the file, rows with an error left out."""
    rows = {key: dict(values) for key, values in records.items()}
    for row in reading.get("rows", ()):
        is_kept = row["verdict"] == "changed" and decisions.get(str(row["number"])) == "old"
        if row["verdict"] in ("new", "changed") and not is_kept:
            rows[row["key"]] = rows.get(row["key"], {}) | row["values"]
    return [unpack(activity, values) for values in rows.values()]
