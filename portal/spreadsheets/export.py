"""Writing tables that a spreadsheet opens as text and numbers, never as formulas.

A text that begins with = + - @ (full width too) or a control character is a formula to Excel. In
XLSX it is stored as text and marked so; CSV has no such mark, so it gets an apostrophe, which
`cleaning` takes off again when the file comes back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.core.text import Unencodable, cp932_failures

from .workbook import cell_name

ExportValue = str | int | Decimal | date | bool | None

_FORMULA_START = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# What one cell of a spreadsheet can hold.
_MAX_CELL = 32_767

HEADER_FONT = Font(bold=True)
HEADER_FILL = PatternFill("solid", fgColor="FFE6E6E6")
_WRAP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class ExportSheet:
    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[ExportValue]]


@dataclass(frozen=True, slots=True)
class LostCharacter:
    """A character that CP932 does not have, at its place in the file to be written."""

    cell: str
    failure: Unencodable


class NotEncodableError(ValueError):
    """Some characters would be lost; nothing was written. `lost` says which, cell by cell."""

    def __init__(self, lost: tuple[LostCharacter, ...]) -> None:
        self.lost = lost
        shown = "、".join(f"{item.cell}の「{item.failure.character}」" for item in lost[:5])
        super().__init__(
            f"シフトJISにない文字があります（{shown}）。「CSV UTF-8」を選んでください。"
        )


def is_formula_like(text: str) -> bool:
    return bool(_FORMULA_START.match(text))


def write_xlsx(sheets: Sequence[ExportSheet]) -> bytes:
    """A workbook with one sheet each, headers in bold and kept in view."""
    book = Book(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(safe_title(sheet.title))
        page.freeze_panes = "A2"
        for place, name in enumerate(sheet.header, start=1):
            width = min(40, max(10, 2 * len(name) + 2))
            page.column_dimensions[get_column_letter(place)].width = width
        page.append([_header_cell(page, name) for name in sheet.header])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    return to_bytes(book)


def write_csv(
    header: Sequence[str], rows: Iterable[Sequence[ExportValue]], encoding: str = "utf-8-sig"
) -> bytes:
    """CRLF lines in UTF-8 with BOM, or in cp932; raises NotEncodableError rather than lose one."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    lost: list[LostCharacter] = []
    for number, row in enumerate([header, *rows], start=1):
        texts = [_plain(value) for value in row]
        if encoding == "cp932":
            lost += _lost(number, texts)
        writer.writerow(texts)
    if lost:
        raise NotEncodableError(tuple(lost))
    return out.getvalue().encode(encoding)


def _lost(number: int, texts: list[str]) -> list[LostCharacter]:
    return [
        LostCharacter(cell_name((number, place)), failure)
        for place, text in enumerate(texts, start=1)
        for failure in cp932_failures(text)
    ]


def _plain(value: ExportValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, str):
        return f"'{value}" if is_formula_like(value) else value
    return str(value)


def write_text(cell: Cell, text: str) -> None:
    """Put text into a cell so that it stays text, also after someone edits it."""
    cell.value = _FORBIDDEN.sub("", text)[:_MAX_CELL]
    cell.data_type = "s"
    if is_formula_like(text):
        cell.quotePrefix = True


def to_bytes(book: Book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe_title(title: str) -> str:
    """A sheet's name without the seven signs that Excel refuses, at most 31 characters."""
    return re.sub(r"[\\/*?:\[\]]", "_", title).strip("'")[:31] or "シート1"


def _cell(page: Worksheet, value: ExportValue) -> Any:
    if isinstance(value, str):
        cell = WriteOnlyCell(page)
        write_text(cell, value)
        if "\n" in value:
            cell.alignment = _WRAP
        return cell
    if isinstance(value, bool):
        return _plain(value)
    return value


def _header_cell(page: Worksheet, text: str) -> Any:
    cell = WriteOnlyCell(page)
    write_text(cell, text)
    cell.font, cell.fill = HEADER_FONT, HEADER_FILL
    return cell
