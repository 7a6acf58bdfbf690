"""What was read from an upload: sheets of cells as text, and what a person should know of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Address = tuple[int, int]
"""Row and column, both from 1."""


def column_name(column: int) -> str:
    """7 → G, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_name(address: Address) -> str:
    """(14, 7) → G14, as the person's own program shows it."""
    row, column = address
    return f"{column_name(column)}{row}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells as text, row by row; the first row is number 1 and rows may differ in length.

    `filled` maps each cell that a merge left empty to the cell whose value it was given.
    `formulas` maps each cell with a formula to whether the program that saved it left a result.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filled: dict[Address, Address] = field(default_factory=dict)
    formulas: dict[Address, bool] = field(default_factory=dict)
    errors: dict[Address, str] = field(default_factory=dict)
    # Typed into a form: every row below the header is a record, whatever it says.
    is_typed: bool = False

    def text(self, address: Address) -> str:
        """Empty beyond the edge of the sheet."""
        row, column = address
        if not 1 <= row <= len(self.rows):
            return ""
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else ""

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        return enumerate(self.rows, start=1)


@dataclass(frozen=True, slots=True)
class Workbook:
    """`format` is csv, xlsx or xls, by content; `encoding` is that of a CSV.

    `inflated` counts the bytes of all parts together.
    """

    filename: str
    format: str
    encoding: str | None
    inflated: int
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()

    @property
    def visible_sheets(self) -> tuple[Sheet, ...]:
        return tuple(sheet for sheet in self.sheets if not sheet.is_hidden)


def fill_merged(
    rows: list[list[str]], ranges: list[list[int]], most: int
) -> dict[Address, Address]:
    """Give every cell of a merge its value, in place; which cells were filled, and from where.

    Ranges are [top, left, bottom, right], from 1, both ends in; what reaches beyond the used part
    of the sheet is left. Raises ValueError beyond `most` cells: no office merges so many.
    """
    filled: dict[Address, Address] = {}
    width = max((len(row) for row in rows), default=0)
    for top, left, bottom, right in ranges:
        value = rows[top - 1][left - 1] if top <= len(rows) and left <= len(rows[top - 1]) else ""
        if not value:
            continue
        last_row, last_column = min(bottom, len(rows)), min(right, width)
        if len(filled) + (last_row - top + 1) * (last_column - left + 1) > most:
            raise ValueError("too many merged cells")
        for number in range(top, last_row + 1):
            row = rows[number - 1]
            row += [""] * (last_column - len(row))
            for column in range(left, last_column + 1):
                if not row[column - 1]:
                    row[column - 1] = value
                    filled[number, column] = (top, left)
    return filled
