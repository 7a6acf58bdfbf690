"""What an activity type is: its fields, what must agree between them, and what is counted.

No database and no request: a record is a mapping from field key to value, so that the same rules
judge a form, a file and a sealed version.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from portal.spreadsheets.api import Column, Kind, RowFinding, TableSpec
from portal.spreadsheets.api import Value as CellValue

Value = int | Decimal | date | str | bool | None
Row = Mapping[str, Value]

YES, NO = "はい", "いいえ"


class FieldKind(StrEnum):
    COUNT = "count"
    DECIMAL = "decimal"
    PERCENT = "percent"
    YEN = "yen"
    DATE = "date"
    LG_CODE = "lg_code"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"
    LONG_TEXT = "long_text"

    @property
    def is_number(self) -> bool:
        return self in (FieldKind.COUNT, FieldKind.DECIMAL, FieldKind.PERCENT, FieldKind.YEN)


_COLUMN_KINDS = {
    FieldKind.COUNT: Kind.COUNT,
    FieldKind.DECIMAL: Kind.DECIMAL,
    FieldKind.PERCENT: Kind.DECIMAL,
    FieldKind.YEN: Kind.YEN,
    FieldKind.DATE: Kind.DATE,
    FieldKind.LG_CODE: Kind.LG_CODE,
    FieldKind.CHOICE: Kind.CHOICE,
    FieldKind.YES_NO: Kind.CHOICE,
}
# Beyond what all of Japan could give: more is a slip of the finger.
_MOST = {
    FieldKind.COUNT: 999_999_999,
    FieldKind.DECIMAL: 999_999,
    FieldKind.PERCENT: 100,
    FieldKind.YEN: 99_999_999_999,
}


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a record.

    A number is 0 or more and at most `most`, both included. `compute` makes the value from the
    entered fields `made_of`, by their keys; such a field is never asked for. `is_key` fields together tell one record of a body from
    another. `is_standing` is a number that stands on the day, so that over several records the highest
    counts and not the sum. `is_detail` is a breakdown that few keep: asked for in a part that is folded away.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.COUNT
    unit: str = ""
    required: bool = False
    is_key: bool = False
    is_standing: bool = False
    is_detail: bool = False
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    help: str = ""
    compute: Callable[[Row], Value] | None = None
    made_of: tuple[str, ...] = ()

    @property
    def counts_persons(self) -> bool:
        """Its small values could lead to a person, and are not published."""
        return self.kind is FieldKind.COUNT and self.unit == "人"

    @property
    def is_computed(self) -> bool:
        return self.compute is not None

    @property
    def most(self) -> int | None:
        return _MOST.get(self.kind) if self.maximum is None else self.maximum

    @property
    def longest(self) -> int:
        """How many characters a text may have."""
        return 2_000 if self.kind is FieldKind.LONG_TEXT else 200

    @property
    def options(self) -> tuple[str, ...]:
        return (YES, NO) if self.kind is FieldKind.YES_NO else self.choices

    def column(self) -> Column:
        """The same field as a column of a file."""
        kind = _COLUMN_KINDS.get(self.kind, Kind.TEXT)
        return Column(
            key=self.key,
            label=self.label,
            kind=kind,
            aliases=self.aliases,
            unit=self.unit,
            required=self.required,
            is_key=self.is_key,
            adds_up=self.kind in (FieldKind.COUNT, FieldKind.YEN) and not self.is_standing,
            choices=self.options,
            maximum=self.most,
            max_length=self.longest,
            names_nobody=True,
            help=self.help,
        )


@dataclass(frozen=True, slots=True)
class Check:
    """What must agree within a record.

    `message` says what is wrong and then what to do. `find` returns the keys of the fields at
    fault, or nothing; a value not given is no fault. `uses` are the fields it looks at; of a
    breakdown (`is_breakdown`) the whole first, then its parts.
    """

    id: str
    message: str
    uses: tuple[str, ...]
    find: Callable[[Row], tuple[str, ...]]
    is_breakdown: bool = False

    @property
    def reason(self) -> str:
        return self.message.partition("。")[0] + "。"

    @property
    def fix(self) -> str:
        return self.message.partition("。")[2]


class Aggregation(StrEnum):
    """How records become a figure: DISTINCT counts different values, RATIO is per cent of sums."""

    SUM = "sum"
    MAX = "max"
    COUNT = "count"
    DISTINCT = "distinct"
    RATIO = "ratio"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that a plan sets a target for and records add up to.

    RATIO takes two fields, part and whole; DISTINCT any number, which together name one thing.
    """

    code: str
    label: str
    unit: str
    aggregation: Aggregation
    fields: tuple[str, ...]

    def of(self, rows: Iterable[Row]) -> int | Decimal | None:
        """Over records with their computed values. None where no record gives a value: no figure is
        not the figure 0."""
        records = list(rows)
        if self.aggregation is Aggregation.COUNT:
            return len(records)
        if self.aggregation is Aggregation.DISTINCT:
            named = {tuple(row.get(key) for key in self.fields) for row in records}
            return sum(None not in values for values in named)
        if self.aggregation is Aggregation.RATIO:
            return self._ratio(records)
        values = numbers(row.get(self.fields[0]) for row in records)
        if not values:
            return None
        if self.aggregation is Aggregation.SUM:
            return sum(values)
        if self.aggregation is Aggregation.MAX:
            return max(values)
        return to_tenths(Decimal(sum(values)) / len(values))

    def _ratio(self, records: Sequence[Row]) -> Decimal | None:
        """Only over the records that give both, so that a missing part is not counted as 0."""
        part, whole = self.fields
        both = [row for row in records if row.get(part) is not None and row.get(whole) is not None]
        return share(
            sum(numbers(row[part] for row in both)), sum(numbers(row[whole] for row in both))
        )


@dataclass(frozen=True, slots=True)
class OwnIndicator:
    """A figure that one activity of one plan names for itself (⑩): `target` is printed beside it."""

    key: str
    label: str
    unit: str
    target: str = ""


def own_key(uid: UUID) -> str:
    """The key in the records of an indicator that a plan names itself, by its uid in the plan."""
    return f"own_{uid.hex[:8]}"


@dataclass(frozen=True, slots=True)
class ActivityType:
    """The platform or one of ①–⑩ of 実施要領3; `may_subsidise` is its clause 2(4)."""

    code: str
    mark: str
    name: str
    short_name: str
    clause: str
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    indicators: tuple[Indicator, ...]
    record_spec: TableSpec
    may_subsidise: bool = False
    has_own_indicators: bool = False
    by_key: dict[str, Field] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_key.update({item.key: item for item in self.fields})
        if len(self.by_key) != len(self.fields):
            raise ValueError(f"fields of {self.code} share a key")

    @property
    def title(self) -> str:
        """⑦ 相談・居場所・交流; the platform has no number."""
        return self.short_name if self.mark == "PF" else f"{self.mark} {self.short_name}"

    @property
    def entered_fields(self) -> tuple[Field, ...]:
        return tuple(item for item in self.fields if not item.is_computed)

    def with_computed(self, row: Row) -> dict[str, Value]:
        """The record with its computed values, made from the entered ones alone."""
        values = dict(row)
        for item in self.fields:
            if item.compute is not None:
                values[item.key] = item.compute(values)
        return values

    def failures(self, row: Row) -> list[tuple[Check, tuple[str, ...]]]:
        """Each check that fails, with the keys of the fields at fault."""
        values = self.with_computed(row)
        found = ((check, check.find(values)) for check in self.checks)
        return [(check, keys) for check, keys in found if keys]

    def figures(self, rows: Iterable[Row]) -> dict[str, int | Decimal | None]:
        """Each indicator's figure over these records, by its code."""
        records = [self.with_computed(row) for row in rows]
        return {indicator.code: indicator.of(records) for indicator in self.indicators}

    def counting(self, own: Sequence[OwnIndicator]) -> ActivityType:
        """This type with figures of its own: each is a number of the record, and added up."""
        columns = self.record_spec.columns
        taken = {_plain(name) for column in columns for name in (column.label, *column.aliases)}
        fields, indicators = [], []
        for number, one in enumerate(own, start=1):
            is_new = _plain(one.label) not in taken
            label = one.label if is_new else f"{one.label}（指標{number}）"
            taken.add(_plain(label))
            fields.append(Field(one.key, label, FieldKind.DECIMAL, one.unit))
            aim = f"（目標 {one.target}{one.unit}）" if one.target else ""
            code = f"{self.code}.{one.key}"
            indicators.append(
                Indicator(code, f"{label}{aim}", one.unit, Aggregation.SUM, (one.key,))
            )
        return replace(
            self,
            fields=(*self.fields, *fields),
            indicators=(*self.indicators, *indicators),
            record_spec=record_table(
                self.record_spec.name,
                (*self.fields, *fields),
                self.checks,
                first=tuple(column for column in columns if column.key not in self.by_key),
            ),
        )

    def record_values(self, cells: Mapping[str, CellValue]) -> dict[str, Value]:
        """The cells of an imported row as the values of a record."""
        values: dict[str, Value] = {}
        for key, value in cells.items():
            item = self.by_key.get(key)
            if item is not None:
                is_answer = item.kind is FieldKind.YES_NO and value is not None
                values[key] = value == YES if is_answer else value
        return values


def record_table(
    name: str, fields: Iterable[Field], checks: Iterable[Check], first: Iterable[Column] = ()
) -> TableSpec:
    """The file form of a record: its entered fields as columns, with all that must agree in a row."""
    known = tuple(fields)
    columns = (*first, *(item.column() for item in known if not item.is_computed))
    return TableSpec(name, columns, checks=tuple(_as_row_check(check, known) for check in checks))


# Rows of a long file have few different values in the fields of one check.
_REMEMBERED = 4_096


def _as_row_check(
    check: Check, fields: tuple[Field, ...]
) -> Callable[[Mapping[str, CellValue]], Iterable[RowFinding]]:
    made = {item.key: item for item in fields if item.compute}
    computed = [made[key] for key in check.uses if key in made]
    entered = tuple(
        dict.fromkeys(
            part for key in check.uses for part in (made[key].made_of if key in made else (key,))
        )
    )

    @lru_cache(maxsize=_REMEMBERED, typed=True)
    def found_in(*values: CellValue) -> str | None:
        row = dict(zip(entered, values, strict=True))
        wrong = check.find(row | {item.key: item.compute(row) for item in computed if item.compute})
        return next((key for key in wrong if key not in made), None)

    def judge(row: Mapping[str, CellValue]) -> Iterable[RowFinding]:
        key = found_in(*map(row.get, entered))
        return () if key is None else (RowFinding(check.id, key, check.reason, check.fix),)

    return judge


def _plain(name: str) -> str:
    """A name as the head of a column is compared: without width, brackets and marks."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", name)).casefold()


def numbers(values: Iterable[Value]) -> list[int | Decimal]:
    return [v for v in values if isinstance(v, int | Decimal) and not isinstance(v, bool)]


def to_tenths(value: Decimal) -> Decimal:
    """One digit after the point, halves up, as 回収率 is published."""
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def share(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """Per cent with one digit; None of nothing."""
    return to_tenths(Decimal(part) * 100 / Decimal(whole)) if whole else None
