"""公表用の集計: counts of confirmed records by activity and prefecture, with small counts hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Max, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from grants.activities.api import ACTIVITY_TYPES, ActivityType, Field, FieldKind
from grants.programmes.api import Programme
from portal.core.money import format_number
from portal.spreadsheets.api import write_csv

from .models import ActivityRecord, PeriodReport
from .querysets import PeriodReportQuerySet
from .states import ReportState
from .suppression import Total, hidden_counts

HIDDEN = "＊"
_ALL = "全国"
_NOT_YET = "確認の済んでいない月がある。公表しない"


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """`count` is None where no record gives the value, and of a hidden one."""

    label: str
    count: int | None
    is_hidden: bool = False

    @property
    def text(self) -> str:
        if self.is_hidden:
            return HIDDEN
        return "—" if self.count is None else format_number(self.count)


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One activity: a row for each prefecture with confirmed records, and their sum last."""

    activity: ActivityType
    columns: tuple[Field, ...]
    rows: tuple[tuple[str, tuple[PublishedCell, ...]], ...]
    hidden: int


def published(programme: Programme) -> list[PublishedTable]:
    """Of confirmed months alone. One query for each activity type."""
    threshold = programme.terms().publish_threshold
    found = []
    for activity in ACTIVITY_TYPES:
        columns = [f for f in activity.entered_fields if f.kind is FieldKind.COUNT]
        sums = _sums(programme, activity, columns)
        if sums:
            found.append(table_of(activity, columns, sums, threshold))
    return found


def months_missing(programme: Programme) -> int:
    """Months of the year that no prefecture has confirmed yet.

    A table of before and one of after such a month tell together what each of them hides, so the
    figures of a year are published once, when none is missing.
    """
    months: PeriodReportQuerySet = PeriodReport.objects.filter(contract__award__programme=programme)
    return months.missing().count()


def _sums(
    programme: Programme, activity: ActivityType, columns: Iterable[Field]
) -> dict[str, dict[str, int | None]]:
    """By the name of the prefecture and the key of the field; the highest of what only stands."""
    totals = {
        f"sum_{f.key}": (Max if f.is_standing else Sum)(
            Cast(KT(f"values__{f.key}"), BigIntegerField())
        )
        for f in columns
    }
    rows = (
        ActivityRecord.objects.filter(
            report__state=ReportState.CONFIRMED,
            report__type_code=activity.code,
            report__contract__award__programme=programme,
        )
        .order_by("report__contract__award__grantee__prefecture_id")
        .values("report__contract__award__grantee__name")
        .annotate(**totals)
    )
    return {
        row.pop("report__contract__award__grantee__name"): {
            key.removeprefix("sum_"): value for key, value in row.items()
        }
        for row in rows
    }


def table_of(
    activity: ActivityType,
    columns: Iterable[Field],
    sums: Mapping[str, Mapping[str, int | None]],
    threshold: int,
) -> PublishedTable:
    """The table as it may be published; columns that nobody filled in are left out."""
    used = tuple(f for f in columns if any(row[f.key] is not None for row in sums.values()))
    whole = {f.key: sum(row[f.key] or 0 for row in sums.values()) for f in used}
    rows: dict[str, Mapping[str, int | None]] = {**sums, _ALL: whole}
    persons = [f for f in used if f.counts_persons]
    counts = {(name, f.key): row[f.key] or 0 for name, row in rows.items() for f in persons}
    hidden = hidden_counts(counts, _totals(activity, rows, persons), threshold)
    return PublishedTable(
        activity,
        used,
        tuple(
            (name, tuple(_cell(f, row[f.key], (name, f.key) in hidden) for f in used))
            for name, row in rows.items()
        ),
        len(hidden),
    )


def _totals(
    activity: ActivityType, rows: Mapping[str, Mapping[str, Any]], persons: Iterable[Field]
) -> list[Total]:
    """All prefectures make up the whole; in a row, a breakdown makes up its field where it does."""
    keys = [f.key for f in persons]
    names = [name for name in rows if name != _ALL]
    found = [Total((_ALL, key), tuple((name, key) for name in names)) for key in keys]
    for check in activity.checks:
        whole, *parts = check.uses
        if not check.is_breakdown or whole not in keys:
            continue
        known = [key for key in parts if key in keys]
        for name, row in rows.items():
            if known and sum(row[key] or 0 for key in known) == (row[whole] or 0):
                found.append(Total((name, whole), tuple((name, key) for key in known)))
    return found


def _cell(field: Field, count: int | None, is_hidden: bool) -> PublishedCell:
    return PublishedCell(field.label, None if is_hidden else count, is_hidden)


def as_csv(programme: Programme) -> bytes:
    """One row for each prefecture and count, so that a spreadsheet can arrange them as it likes."""
    threshold = programme.terms().publish_threshold
    note = f"{threshold}人未満の人数と、合計から分かる人数は伏せている（{HIDDEN}）"
    draft = _NOT_YET if months_missing(programme) else ""
    header = ["年度", "取組", "都道府県", "項目", "単位", "数", "注"]
    rows = [
        (
            programme.year_label,
            table.activity.title,
            name,
            cell.label,
            column.unit,
            HIDDEN if cell.is_hidden else cell.count,
            "。".join(filter(None, (draft, note if cell.is_hidden else ""))),
        )
        for table in published(programme)
        for name, cells in table.rows
        for column, cell in zip(table.columns, cells, strict=True)
    ]
    return write_csv(header, rows)
