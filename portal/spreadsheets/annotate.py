"""The sender's own file again, with what is wrong marked where it stands.

Red borders and comments on the cells, and a sheet 「エラー一覧」 with links, reasons and fixes.
A CSV or XLS, and an XLSX too large for memory, comes back as XLSX with its cells as text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from .cleaning import CellProblem
from .columns import Level
from .export import HEADER_FILL, HEADER_FONT, safe_title, to_bytes, write_text
from .reading import TableReading
from .workbook import Sheet, Workbook

LIST_SHEET = "エラー一覧"
MOST_LISTED = 1_000
# Above this the file is written anew as text: openpyxl needs some fifty times the size in memory.
_MOST_KEPT_BYTES = 8 * 1024 * 1024

_NAMELESS = "ファイル"
_RED, _AMBER = "FFCE0000", "FFC74700"
_COLOURS = {Level.ERROR: _RED, Level.CONFIRM: _AMBER}
_FILLS = {
    Level.ERROR: PatternFill("solid", fgColor="FFFDEEEE"),
    Level.CONFIRM: PatternFill("solid", fgColor="FFFBF5E0"),
}
_HEADINGS = ("セル", "区分", "項目", "元の値", "理由", "直し方")
_WIDTHS = (10, 8, 20, 24, 48, 48)


@dataclass(frozen=True, slots=True)
class Marked:
    """What is wrong in one sheet, by its name in the file; a CSV has none."""

    sheet: str
    problems: Sequence[CellProblem]


def annotated_copy(source: bytes, workbook: Workbook, *readings: TableReading | Marked) -> bytes:
    """An XLSX; `source` is the upload as it came, `workbook` and `readings` what was made of it.

    At most 1,000 problems are marked and listed; the list says how many there are in all.
    """
    keeps = workbook.format == "xlsx" and workbook.inflated <= _MOST_KEPT_BYTES
    book = load_workbook(io.BytesIO(source)) if keeps else _rebuilt(workbook)
    if LIST_SHEET in book.sheetnames:
        del book[LIST_SHEET]
    listed: list[_Listed] = []
    total: list[CellProblem] = []
    for reading in readings:
        name = reading.sheet if isinstance(reading, Marked) else reading.sheet_name
        page = book[name if keeps else safe_title(name or _NAMELESS)]
        taken = reading.problems[: MOST_LISTED - len(listed)]
        _mark(page, taken)
        listed += [_Listed(page.title, problem, len(readings) > 1) for problem in taken]
        total += reading.problems
    _list(book.create_sheet(LIST_SHEET, 0), listed, total)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == LIST_SHEET
    book.active = 0
    return to_bytes(book)


@dataclass(frozen=True, slots=True)
class _Listed:
    page: str
    problem: CellProblem
    names_page: bool

    @property
    def place(self) -> str:
        return f"{self.page}!{self.problem.cell}" if self.names_page else self.problem.cell


def plain_copy(workbook: Workbook, texts: Mapping[str, str]) -> bytes:
    """The visible sheets as text alone, with other words in place of the cells that held `texts`.

    Nothing else of the file is carried over: comments, hidden sheets and caches keep old texts.
    """
    return to_bytes(_rebuilt(workbook, texts))


def _rebuilt(workbook: Workbook, texts: Mapping[str, str] | None = None) -> Book:
    known = texts or {}
    book = Book()
    book.remove(book.worksheets[0])
    for sheet in workbook.visible_sheets:
        page = book.create_sheet(_title(sheet))
        for number, row in sheet.numbered():
            for place, text in enumerate(row, start=1):
                if text:
                    write_text(page.cell(number, place), known.get(text, text))
                    page.cell(number, place).number_format = "@"
    return book


def _title(sheet: Sheet) -> str:
    return safe_title(sheet.name or _NAMELESS)


def _mark(page: Worksheet, problems: Iterable[CellProblem]) -> None:
    texts: dict[tuple[int, int], list[CellProblem]] = {}
    for problem in problems:
        texts.setdefault(_anchor(page, problem.address), []).append(problem)
    for (row, column), found in texts.items():
        worst = Level.ERROR if any(p.level is Level.ERROR for p in found) else Level.CONFIRM
        side = Side(style="medium", color=_COLOURS[worst])
        cell = page.cell(row, column)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.fill = _FILLS[worst]
        text = "\n".join(f"【{p.level.label}】{p.reason}{p.fix}" for p in found)
        comment = Comment(text, "取込結果", width=320, height=40 + 60 * len(found))
        cell.comment = comment


def _anchor(page: Worksheet, address: tuple[int, int]) -> tuple[int, int]:
    """A merged cell has no border or comment of its own; its first cell has."""
    row, column = address
    for merged in page.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return (merged.min_row, merged.min_col)
    return address


def _list(page: Worksheet, listed: Sequence[_Listed], all_problems: Sequence[CellProblem]) -> None:
    errors = sum(problem.level is Level.ERROR for problem in all_problems)
    title = f"エラー{errors}件、確認{len(all_problems) - errors}件"
    if len(listed) < len(all_problems):
        title += f"（初めの{MOST_LISTED:,}件を表示）"
    write_text(page.cell(1, 1), title)
    page.cell(1, 1).font = Font(bold=True, size=14)
    for place, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), start=1):
        cell = page.cell(3, place)
        write_text(cell, heading)
        cell.font, cell.fill = HEADER_FONT, HEADER_FILL
        page.column_dimensions[cell.column_letter].width = width
    page.freeze_panes = "A4"
    for number, one in enumerate(listed, start=4):
        _list_one(page, number, one)


def _list_one(page: Worksheet, number: int, one: _Listed) -> None:
    problem = one.problem
    texts = (
        one.place,
        problem.level.label,
        problem.column_label,
        problem.original,
        problem.reason,
        problem.fix,
    )
    for place, text in enumerate(texts, start=1):
        cell = page.cell(number, place)
        assert isinstance(cell, Cell)
        write_text(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    quoted = one.page.replace("'", "''")
    link = page.cell(number, 1)
    link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{problem.cell}")
    link.font = Font(underline="single", color="FF00118F")
    page.cell(number, 2).font = Font(bold=True, color=_COLOURS[problem.level])
