"""What there is to say of a table that was read: its rows, what was cleaned, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from .cleaning import CellProblem, Cleaning, CleaningKind
from .columns import Level, Value
from .layout import DroppedRow, Layout


class RowStatus(StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


Cell = TypeVar("Cell")


class Cells(Mapping[str, Cell]):
    """One row by the keys of its columns, all rows sharing one map of their places `in_order`.

    A dict for each of 100,000 rows would be most of the memory that a large file takes.
    """

    __slots__ = ("_places", "in_order")

    def __init__(self, places: Mapping[str, int], cells: tuple[Cell, ...]) -> None:
        self._places, self.in_order = places, cells

    def __getitem__(self, key: str) -> Cell:
        return self.in_order[self._places[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: `number` is its place in the sheet, `originals` are its cells as they were sent.

    `duplicate_of` is the number of an earlier row that says the very same: taken once.
    """

    number: int
    values: Cells[Value]
    originals: Cells[str]
    status: RowStatus
    key: tuple[Value, ...]
    approximate: frozenset[str] = frozenset()
    month_only: frozenset[str] = frozenset()
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class CleaningGroup:
    """All cells to which one thing was done, with the first as example."""

    kind: CleaningKind
    count: int
    example: Cleaning

    @property
    def label(self) -> str:
        return self.kind.label


@dataclass(frozen=True)
class TableReading:
    """Everything there is to say of one uploaded table, before anything is stored.

    `cleaning_groups`: the most frequent first.
    """

    sheet_name: str
    layout: Layout
    rows: tuple[TableRow, ...]
    dropped: tuple[DroppedRow, ...]
    cleaning_groups: tuple[CleaningGroup, ...]
    problems: tuple[CellProblem, ...]
    notes: tuple[str, ...]
    totals: Mapping[str, int | Decimal]

    @property
    def errors(self) -> tuple[CellProblem, ...]:
        return tuple(problem for problem in self.problems if problem.level is Level.ERROR)

    @property
    def confirmations(self) -> tuple[CellProblem, ...]:
        return tuple(problem for problem in self.problems if problem.level is Level.CONFIRM)

    @property
    def rows_to_take(self) -> tuple[TableRow, ...]:
        """Rows without an error, each saying only once."""
        return tuple(
            row
            for row in self.rows
            if row.status is not RowStatus.ERROR and row.duplicate_of is None
        )
