"""A whole table: rows with their values, what was cleaned, what is wrong, and what was left out.

Sums are always computed here; a 合計 row of the file is only compared with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from portal.core.money import format_number

from .cleaning import (
    CellProblem,
    CellReading,
    Cleaning,
    CleaningKind,
    Objection,
    is_ditto,
    read_cell,
)
from .columns import Column, Level, ReadContext, TableSpec, Value
from .layout import Layout, TotalRow, find_layout, place_name, sort_rows
from .reading import Cells, CleaningGroup, RowStatus, TableReading, TableRow
from .refusals import UploadRefusedError
from .workbook import Address, Workbook


def read_table(
    workbook: Workbook,
    spec: TableSpec,
    context: ReadContext | None = None,
    *,
    sheet: str | None = None,
) -> TableReading:
    """Find the table of `spec` in the workbook, or in the sheet of that name, and read it.

    Raises UploadRefusedError where no sheet has its header, or where nothing stands below it.
    """
    layout, notes = _choose_sheet(workbook, spec, sheet)
    reader = _Reader(layout, spec, context or ReadContext())
    return reader.read((*workbook.notes, *notes))


def _choose_sheet(
    workbook: Workbook, spec: TableSpec, name: str | None
) -> tuple[Layout, list[str]]:
    sheets = [sheet for sheet in workbook.visible_sheets if name in (None, sheet.name)]
    layouts = [layout for sheet in sheets if (layout := find_layout(sheet, spec))]
    if not layouts:
        wanted = "、".join(column.label for column in spec.required)
        raise UploadRefusedError("no_header", columns=wanted)
    best = max(layouts, key=lambda layout: len(layout.columns))
    others = "、".join(f"「{other.sheet.name}」" for other in layouts if other is not best)
    if not others:
        return best, []
    return best, [f"「{best.sheet.name}」のシートだけを読みました。{others}は読んでいません。"]


# Of the texts of one column, so many are remembered: names of a long file are all different.
_REMEMBERED = 20_000
_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Place:
    """A column of the file: where it stands, the text last written in it, and texts read already.

    `plain` are the values of texts of which there is nothing to say; `read` is all of the others.
    """

    index: int
    column: Column
    above: str = ""
    plain: dict[str, Value] = field(default_factory=dict)
    read: dict[str, CellReading] = field(default_factory=dict)


class _Reader:
    """Collects while it goes down the rows of one sheet."""

    def __init__(self, layout: Layout, spec: TableSpec, context: ReadContext) -> None:
        self.layout, self.spec, self.context = layout, spec, context
        self.key_columns = spec.key_columns
        self.places = [_Place(at - 1, spec.by_key[key]) for key, at in layout.columns.items()]
        self.value_places = {column.key: at for at, column in enumerate(spec.columns)}
        self.text_places = {one.column.key: one.index for one in self.places}
        self.width = max(self.text_places.values()) + 1
        sheet = layout.sheet
        self.marked = {
            row for marks in (sheet.filled, sheet.formulas, sheet.errors) for row, _ in marks
        }
        self.empty: dict[str, Value] = {column.key: None for column in spec.columns}
        self.problems: list[CellProblem] = []
        self.rows: list[TableRow] = []
        self.seen: dict[tuple[Value, ...], TableRow] = {}
        self.cleaned: Counter[CleaningKind] = Counter()
        self.examples: dict[CleaningKind, Cleaning] = {}

    def read(self, notes: tuple[str, ...]) -> TableReading:
        sorted_rows = sort_rows(self.layout, self.spec)
        if not sorted_rows.data:
            raise UploadRefusedError("no_rows")
        self._judge_header()
        for number in sorted_rows.data:
            self._read_row(number, self.layout.sheet.rows[number - 1])
        for total in sorted_rows.totals:
            self._compare(total, sorted_rows.totals)
        return TableReading(
            sheet_name=self.layout.sheet.name,
            layout=self.layout,
            rows=tuple(self.rows),
            dropped=sorted_rows.dropped,
            cleaning_groups=tuple(
                CleaningGroup(kind, count, self.examples[kind])
                for kind, count in self.cleaned.most_common()
            ),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.address)),
            notes=(*notes, *self._sheet_notes()),
            totals=self._totals(self.rows),
        )

    # The header ------------------------------------------------------------------------------

    def _judge_header(self) -> None:
        here = (self.layout.header_row, 1)
        for column in self.layout.missing:
            self._add(
                here,
                column.label,
                "",
                Objection(
                    "missing_column",
                    f"「{column.label}」の列がありません。",
                    f"見出しに「{column.label}」の列を加えて、値を入力してください。",
                ),
            )
        for place, text in self.layout.repeated:
            self._add(
                (self.layout.header_row, place),
                text,
                text,
                Objection(
                    "repeated_column",
                    f"同じ意味の列{place_name(place, text)}が2つあります。",
                    "1つだけ残すか、見出しを別の名前にしてください。",
                ),
            )

    def _sheet_notes(self) -> list[str]:
        notes = []
        if self.layout.unknown:
            names = "、".join(place_name(place, text) for place, text in self.layout.unknown)
            notes.append(f"様式にない列は読んでいません：{names}。")
        known = set(self.layout.columns.values())
        hidden = sorted(known & self.layout.sheet.hidden_columns)
        if hidden:
            texts = "、".join(
                place_name(p, self.layout.sheet.text((self.layout.header_row, p))) for p in hidden
            )
            notes.append(f"非表示の列も読みました：{texts}。")
        return notes

    # Rows ------------------------------------------------------------------------------------

    def _read_row(self, number: int, cells: tuple[str, ...]) -> None:
        before = len(self.problems)
        if len(cells) < self.width:
            cells += ("",) * (self.width - len(cells))
        values = self.empty.copy()
        approximate = month_only = _NONE
        is_marked = number in self.marked
        for place in self.places:
            text = cells[place.index]
            if not is_marked and text in place.plain:
                place.above = text
                values[place.column.key] = place.plain[text]
                continue
            reading = self._read_cell((number, place.index + 1), place, text, is_marked)
            values[place.column.key] = reading.value
            if reading.is_approximate:
                approximate |= {place.column.key}
            if reading.is_month:
                month_only |= {place.column.key}
        originals = Cells(self.text_places, cells)
        self._check_row(number, values, originals)
        row_key = tuple(values[column.key] for column in self.key_columns)
        duplicate_of = self._judge_key(number, row_key, values, originals)
        row = TableRow(
            number,
            Cells(self.value_places, tuple(values.values())),
            originals,
            _status(self.problems[before:]),
            row_key,
            approximate,
            month_only,
            duplicate_of,
        )
        self.rows.append(row)
        self.seen.setdefault(row_key, row)

    def _check_row(
        self, number: int, values: Mapping[str, Value], originals: Mapping[str, str]
    ) -> None:
        for check in self.spec.checks:
            for found in check(values):
                address = (number, self.layout.columns.get(found.column, 1))
                label = self.spec.by_key[found.column].label
                objection = Objection(found.code, found.reason, found.fix, found.level)
                self._add(address, label, originals.get(found.column, ""), objection)
        if number in self.layout.sheet.hidden_rows:
            self._add((number, 1), "行", "", _HIDDEN_ROW)

    def _read_cell(
        self, address: Address, place: _Place, original: str, is_marked: bool
    ) -> CellReading:
        column, text, steps = place.column, original, []
        wrong = self._marked_cell(address, original)
        if wrong is not None:
            self._add(address, column.label, original, wrong)
            return CellReading(None)
        if is_ditto(original):
            text, steps = place.above, [CleaningKind.DITTO]
            if not text:
                self._add(address, column.label, original, _NOTHING_ABOVE)
                return CellReading(None)
        place.above = text
        if is_marked:
            steps += self._lent(address, column, original)
        reading = self._reading(text, place)
        if CleaningKind.DITTO not in steps:
            steps += reading.steps
        for kind in steps:
            self.cleaned[kind] += 1
            if kind not in self.examples:
                example = Cleaning(address, column.label, kind, original, reading.shown)
                self.examples[kind] = example
        for objection in reading.objections:
            self._add(address, column.label, original, objection)
        return reading

    def _lent(self, address: Address, column: Column, original: str) -> list[CleaningKind]:
        """What a merge or a formula gave to the cell."""
        steps = []
        if address in self.layout.sheet.filled:
            steps.append(CleaningKind.MERGED)
            if column.kind.is_number:
                self._add(address, column.label, original, _MERGED_NUMBER)
        if self.layout.sheet.formulas.get(address):
            steps.append(CleaningKind.FORMULA)
        return steps

    def _reading(self, text: str, place: _Place) -> CellReading:
        """Most cells of a long file repeat each other: read each text of a column once."""
        known = place.read.get(text)
        if known is not None:
            return known
        reading = read_cell(text, place.column, self.context)
        if len(place.plain) + len(place.read) < _REMEMBERED:
            if reading.is_plain:
                place.plain[text] = reading.value
            else:
                place.read[text] = reading
        return reading

    def _marked_cell(self, address: Address, original: str) -> Objection | None:
        sheet = self.layout.sheet
        error = sheet.errors.get(address) or (original if original in _ERROR_VALUES else None)
        if error:
            return Objection(
                "cell_error",
                f"セルがエラー（{error}）になっています。",
                "式を直すか、値を入力してください。",
            )
        if sheet.formulas.get(address) is False and not original:
            return Objection(
                "formula_without_value",
                "式の計算結果がファイルにありません。",
                "Excelで開いて保存し直すか、値を入力してください。",
            )
        return None

    def _judge_key(
        self,
        number: int,
        key: tuple[Value, ...],
        values: Mapping[str, Value],
        originals: Mapping[str, str],
    ) -> int | None:
        """Two rows of one key: the same said twice is taken once, two different are a conflict."""
        first = self.seen.get(key)
        if (
            first is None
            or not key
            or any(values[column.key] is None for column in self.key_columns if column.required)
        ):
            return None
        names = "・".join(column.label for column in self.key_columns if column.required)
        column = self.key_columns[0]
        address = (number, self.layout.columns.get(column.key, 1))
        same = all(
            values[column.key] == first.values[column.key]
            for column in self.spec.columns
            if not column.is_ordinal
        )
        objection = Objection(
            "same_row" if same else "same_key",
            f"{first.number}行目と{'同じ内容です' if same else names + 'が同じで、値が違います'}。",
            "1行だけ取り込みます。別の回であれば、番号や時刻で区別してください。"
            if same
            else "別の回であれば番号や時刻で区別し、同じ回であれば1行にまとめてください。",
            Level.CONFIRM if same else Level.ERROR,
        )
        self._add(address, column.label, originals.get(column.key, ""), objection)
        return first.number if same else None

    # Sums ------------------------------------------------------------------------------------

    def _compare(self, total: TotalRow, totals: Iterable[TotalRow]) -> None:
        if total.is_cumulative:
            return
        start = max((t.number for t in totals if t.number < total.number), default=0)
        rows = [
            row
            for row in self.rows
            if row.number < total.number and (not total.is_subtotal or row.number > start)
        ]
        sums = self._totals(rows)
        for key, computed in sums.items():
            column = self.spec.by_key[key]
            address = (total.number, self.layout.columns[key])
            original = self.layout.sheet.text(address)
            stated = read_cell(original, column, self.context).value
            if not isinstance(stated, int | Decimal) or stated == computed:
                continue
            wrong = self._errors_in(key, rows)
            difference = format_number(abs(Decimal(stated) - computed))
            reason = (
                f"読み取った行の合計は{format_number(computed)}{column.unit}で、"
                f"{difference}{column.unit}違います。"
            )
            if wrong:
                reason += f"{wrong}を直すと変わります。"
            fix = "行の値を正しいものとするか、違う行を直してください。"
            self._add(
                address, column.label, original, Objection("total", reason, fix, Level.CONFIRM)
            )

    def _errors_in(self, key: str, rows: list[TableRow]) -> str:
        numbers, place = {row.number for row in rows}, self.layout.columns[key]
        cells = [
            problem.cell
            for problem in self.problems
            if problem.level is Level.ERROR
            and problem.address[0] in numbers
            and problem.address[1] == place
        ]
        return "、".join(cells[:3]) + ("など" if len(cells) > 3 else "")

    def _totals(self, rows: Iterable[TableRow]) -> dict[str, int | Decimal]:
        places = {
            column.key: self.value_places[column.key]
            for column in self.spec.columns
            if column.adds_up and column.key in self.layout.columns
        }
        sums: dict[str, int | Decimal] = dict.fromkeys(places, 0)
        for row in rows:
            if row.duplicate_of is None:
                for key, place in places.items():
                    value = row.values.in_order[place]
                    if isinstance(value, int | Decimal):
                        sums[key] += value
        return sums

    def _add(self, address: Address, label: str, original: str, objection: Objection) -> None:
        self.problems.append(
            CellProblem(
                address,
                label,
                original,
                objection.code,
                objection.reason,
                objection.fix,
                objection.level,
            )
        )


_ERROR_VALUES = frozenset(
    ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!")
)
_NOTHING_ABOVE = Objection("ditto", "「〃」の上の行に値がありません。", "値を入力してください。")
_HIDDEN_ROW = Objection(
    "hidden_row",
    "非表示の行です。",
    "取り込まない行であれば、削除してから選び直してください。",
    Level.CONFIRM,
)
_MERGED_NUMBER = Objection(
    "merged_number",
    "結合したセルの数を、それぞれの行の値として読みました。",
    "行ごとの数に分けるか、どの行も同じ数であることを確かめてください。",
    Level.CONFIRM,
)


def _status(problems: list[CellProblem]) -> RowStatus:
    if not problems:
        return RowStatus.OK
    levels = {problem.level for problem in problems}
    if Level.ERROR in levels:
        return RowStatus.ERROR
    return RowStatus.WARNING
