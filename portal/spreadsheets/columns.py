"""What a table should look like: its columns, what each may hold, and which of them name a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = int | Decimal | date | str | None
"""A cell's value; None is "no value given", which is not 0."""


class Kind(StrEnum):
    COUNT = "count"
    DECIMAL = "decimal"
    YEN = "yen"
    DATE = "date"
    LG_CODE = "lg_code"
    TEXT = "text"
    CHOICE = "choice"

    @property
    def is_number(self) -> bool:
        return self in (Kind.COUNT, Kind.DECIMAL, Kind.YEN)


class Level(StrEnum):
    """ERROR stops the import; CONFIRM asks the person to say that it is right."""

    ERROR = "error"
    CONFIRM = "confirm"

    @property
    def label(self) -> str:
        return "エラー" if self is Level.ERROR else "確認"


@dataclass(frozen=True, slots=True)
class Column:
    """`required` columns must be in the file and filled in every row.

    `is_key` columns together name a row, so that the same file sent twice adds nothing. `adds_up`
    columns are summed and compared with the 合計 rows. An `is_ordinal` column numbers the rows and
    says nothing of them. `choices` are labels. `maximum` is included. A row in which only columns
    that neither count nor say what it is (`is_content`) are filled holds nothing. `is_locked` cells
    of a filled form are for the portal, such as the id of a record.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False
    is_key: bool = False
    adds_up: bool = False
    is_ordinal: bool = False
    is_content: bool = False
    is_locked: bool = False
    choices: tuple[str, ...] = ()
    maximum: int | None = None
    max_length: int = 500
    names_nobody: bool = False
    help: str = ""

    @property
    def header(self) -> str:
        """The label with its unit, as the template prints it."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What a check of one row found, pinned to one of its columns."""

    code: str
    column: str
    reason: str
    fix: str
    level: Level = Level.ERROR


RowCheck = Callable[[Mapping[str, Value]], Iterable[RowFinding]]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A form that offices fill in; `name` and `version` are printed on its template."""

    name: str
    columns: tuple[Column, ...]
    version: str = "1"
    checks: tuple[RowCheck, ...] = ()
    by_key: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_key.update({column.key: column for column in self.columns})
        if len(self.by_key) != len(self.columns):
            raise ValueError(f"columns of {self.name} share a key")

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.required)

    @property
    def key_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_key)


_COMMON_UNITS = ("人", "名", "件", "回", "か所", "ヶ所", "カ所", "団体", "日", "部", "時間", "%")


def units_of(column: Column) -> tuple[str, ...]:
    """Units that may stand after the column's numbers: its own and the common ones."""
    own = tuple(re.split(r"[・/]", column.unit)) if column.unit else ()
    return (*own, *(unit for unit in _COMMON_UNITS if unit not in own))


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What is known of the sender: needed where a file alone is ambiguous.

    `prefecture` is a two-digit code; `municipalities` are names by 団体コード, as far as known;
    `period` is the first and last day the report is about: a date that names a row lies in it.
    `cleared` are texts that the sender said before are no person's.
    """

    prefecture: str | None = None
    municipalities: Mapping[str, str] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    cleared: frozenset[str] = frozenset()
