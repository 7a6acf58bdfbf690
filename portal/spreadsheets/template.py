"""The form to fill in, made from its TableSpec: nothing merged, no macros, checked while typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from openpyxl import Workbook as Book
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from portal.core.dates import screen_datetime

from .columns import Column, Kind, TableSpec
from .export import HEADER_FILL, HEADER_FONT, ExportValue, to_bytes, write_text
from .workbook import Workbook

INPUT_SHEET = "記入"
ABOUT_SHEET = "この様式について"
LISTS_SHEET = "選択肢"
# What a rule of a cell may hold itself.
_LONGEST_LIST = 250
# Rows of a fresh template that check what is typed into them.
_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class TemplateAbout:
    """What この様式について says, so that last year's form is known when it comes back.

    `subject` names what a filled form is about, and `subject_key` is its id; an empty form has none.
    """

    title: str
    version: str
    fiscal_year: str
    body: str
    issued_at: str
    subject: str = ""
    subject_key: str = ""


_ABOUT_LABELS = {
    "title": "様式",
    "version": "様式の版",
    "fiscal_year": "年度",
    "body": "団体",
    "issued_at": "発行日時",
}
_SUBJECT_LABELS = {"subject": "対象", "subject_key": "対象の識別"}


@dataclass(frozen=True, slots=True)
class FilledTable:
    """One sheet of a form: its name, its columns, and the rows that it already holds."""

    sheet: str
    spec: TableSpec
    rows: Sequence[Mapping[str, ExportValue]] = ()


def write_template(
    spec: TableSpec,
    *,
    fiscal_year: str,
    body: str,
    issued_at: datetime,
    rows: Iterable[Mapping[str, ExportValue]] = (),
) -> bytes:
    """An XLSX with a sheet to fill in, already holding `rows`, and one that says what it is.

    `fiscal_year` is its label (令和8年度), `body` the name of the organisation.
    """
    about = TemplateAbout(spec.name, spec.version, fiscal_year, body, screen_datetime(issued_at))
    return write_form([FilledTable(INPUT_SHEET, spec, tuple(rows))], about)


def write_form(tables: Sequence[FilledTable], about: TemplateAbout) -> bytes:
    """An XLSX with a sheet for each table, the lists they choose from, and what the form is."""
    book = Book()
    book.remove(book.worksheets[0])
    lists = _Lists()
    for table in tables:
        _write_input(book.create_sheet(table.sheet), table, lists)
    if lists.columns:
        lists.write(book.create_sheet(LISTS_SHEET))
    _write_about(book.create_sheet(ABOUT_SHEET), about, tables)
    return to_bytes(book)


def read_about(workbook: Workbook) -> TemplateAbout | None:
    """What a returned template says of itself; None where it is no template of ours."""
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == ABOUT_SHEET), None)
    if sheet is None:
        return None
    said = {row[0]: row[1] for row in sheet.rows if len(row) > 1}
    if not set(_ABOUT_LABELS.values()) <= set(said):
        return None
    labels = _ABOUT_LABELS | _SUBJECT_LABELS
    return TemplateAbout(**{f.name: said.get(labels[f.name], "") for f in fields(TemplateAbout)})


class _Lists:
    """Choices too long for a rule of their own stand in a sheet that the rules point to."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], tuple[int, str]] = {}

    def range_of(self, column: Column) -> str:
        place, _ = self.columns.setdefault(column.choices, (len(self.columns) + 1, column.label))
        letter = get_column_letter(place)
        return f"'{LISTS_SHEET}'!${letter}$2:${letter}${len(column.choices) + 1}"

    def write(self, page: Worksheet) -> None:
        for choices, (place, label) in self.columns.items():
            head = page.cell(1, place)
            write_text(head, label)
            head.font, head.fill = HEADER_FONT, HEADER_FILL
            page.column_dimensions[get_column_letter(place)].width = 32
            for number, choice in enumerate(choices, start=2):
                write_text(page.cell(number, place), choice)
        page.freeze_panes = "A2"
        page.protection.sheet = True


def _write_input(page: Worksheet, table: FilledTable, lists: _Lists) -> None:
    last = _ROWS
    for number, row in enumerate(table.rows, start=2):
        last = max(last, number + 100)
        for place, column in enumerate(table.spec.columns, start=1):
            value = row.get(column.key)
            if isinstance(value, str):
                write_text(page.cell(number, place), value)
            else:
                page.cell(number, place, value)
    for place, column in enumerate(table.spec.columns, start=1):
        _write_column(page, place, column, len(table.rows), last, lists)
    page.freeze_panes = "A2"
    page.row_dimensions[1].height = 32
    # Only the headings are locked, and without a password: a slip is stopped, nobody is.
    page.protection.sheet = True
    for permission in ("insertRows", "deleteRows", "formatCells", "formatColumns", "sort"):
        setattr(page.protection, permission, False)


def _write_column(
    page: Worksheet, place: int, column: Column, filled: int, last: int, lists: _Lists
) -> None:
    head = page.cell(1, place)
    write_text(head, column.header)
    head.font, head.fill = HEADER_FONT, HEADER_FILL
    head.alignment = Alignment(wrap_text=True, vertical="center")
    letter = get_column_letter(place)
    whole = page.column_dimensions[letter]
    whole.width = 24 if column.kind is Kind.TEXT else 13
    # Empty cells take what their column says; a written one has a format of its own.
    for styled in (whole, *(page.cell(number, place) for number in range(2, filled + 2))):
        styled.protection = Protection(locked=column.is_locked)
        if column.kind in (Kind.LG_CODE, Kind.TEXT):
            styled.number_format = "@"
        elif column.kind is Kind.DATE:
            styled.number_format = "yyyy/m/d"
    rule = _validation(column, lists)
    page.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{last}")


def _validation(column: Column, lists: _Lists) -> DataValidation:
    """Numbers and choices are held; dates are only advised, because 和暦 is welcome."""
    listed = ",".join(column.choices)
    if column.kind is Kind.CHOICE:
        is_short = len(listed) < _LONGEST_LIST and not re.search('[,"]', "".join(column.choices))
        chosen = f'"{listed}"' if is_short else lists.range_of(column)
        rule = DataValidation("list", chosen, allow_blank=True)
        rule.error = "一覧から選んでください。"
    elif column.kind in (Kind.COUNT, Kind.YEN):
        rule = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
        rule.error = "0以上の整数を入力してください。値がないときは空欄にしてください。"
    elif column.kind is Kind.DECIMAL:
        rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
        rule.error = "0以上の数を入力してください。値がないときは空欄にしてください。"
    else:
        rule = DataValidation("textLength", operator="lessThanOrEqual", formula1="500")
        rule.error = "500字までで入力してください。"
    rule.allow_blank = True
    rule.showErrorMessage = column.kind is not Kind.DATE
    rule.errorTitle = column.label[:32]
    rule.showInputMessage = True
    rule.promptTitle = column.label[:32]
    rule.prompt = _prompt(column)[:250]
    return rule


def _prompt(column: Column) -> str:
    hints = {
        Kind.DATE: "例：2026/4/1、R8.4.1",
        Kind.LG_CODE: "6桁（例：132012）",
        Kind.YEN: "円単位",
    }
    need = "必須" if column.required else "任意"
    parts = (need, column.help, hints.get(column.kind, ""), column.unit and f"単位：{column.unit}")
    return "。".join(part.rstrip("。") for part in parts if part)


def _write_about(page: Worksheet, about: TemplateAbout, tables: Sequence[FilledTable]) -> None:
    page.column_dimensions["A"].width = 24
    page.column_dimensions["B"].width = 60
    lines = [(label, getattr(about, name)) for name, label in _ABOUT_LABELS.items()]
    if about.subject_key:
        lines += [(label, getattr(about, name)) for name, label in _SUBJECT_LABELS.items()]
    named = "".join(f"「{table.sheet}」" for table in tables)
    lines += [("", ""), ("記入のしかた", f"{named}のシートに、1行に1件を記入してください。")]
    lines += [("", "わからない値は空欄にしてください。0は「0だった」ことを表します。")]
    for table in tables:
        lines += [("", "")] + ([(table.sheet, "")] if len(tables) > 1 else [])
        lines += [(column.header, _prompt(column)) for column in table.spec.columns]
    for number, (label, text) in enumerate(lines, start=1):
        write_text(page.cell(number, 1), label)
        page.cell(number, 1).font = Font(bold=True)
        write_text(page.cell(number, 2), text)
        page.cell(number, 2).alignment = Alignment(wrap_text=True, vertical="top")
