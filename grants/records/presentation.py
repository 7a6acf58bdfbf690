"""A month's records and figures, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from grants.activities.api import ActivityType, Field, FieldKind, Value
from portal.core.actor import Actor
from portal.core.money import format_number

from .models import ActivityRecord, PeriodReport
from .states import ReportState
from .values import entered_fields, unpack

_WIDE = (FieldKind.LONG_TEXT,)


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    is_number: bool
    is_approximate: bool
    label: str


@dataclass(frozen=True, slots=True)
class ShownRecord:
    number: int
    entry: ActivityRecord
    name: str
    day: Value
    cells: tuple[ShownCell, ...]
    about: str
    note: str


@dataclass(frozen=True, slots=True)
class RecordTable:
    columns: tuple[Field, ...]
    rows: tuple[ShownRecord, ...]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One indicator for this month and the last, and what it rose by; texts with units."""

    label: str
    now: str
    before: str
    change: str


def record_table(report: PeriodReport, entries: Iterable[ActivityRecord]) -> RecordTable:
    """Name and day in front, then each field that any row gives; long texts on their own line.

    The rows of an entry are the report's, so that no query is asked for each.
    """
    found = list(entries)
    for entry in found:
        entry.report = report
    rows = [(entry, entry.row) for entry in found]
    fields = tuple(
        f
        for f in entered_fields(report.activity)
        if f.kind not in (*_WIDE, FieldKind.LG_CODE)
        and not _leads(f)
        and any(row.get(f.key) is not None for _, row in rows)
    )
    return RecordTable(
        fields,
        tuple(
            _shown(number, entry, row, fields) for number, (entry, row) in enumerate(rows, start=1)
        ),
    )


def _leads(field: Field) -> bool:
    """Day, name and what else says which record it is stand at the head of the row."""
    return field.is_key or (field.required and field.kind is FieldKind.TEXT)


def _shown(
    number: int, entry: ActivityRecord, row: Mapping[str, Value], fields: Sequence[Field]
) -> ShownRecord:
    notes = [
        str(row[f.key])
        for f in entered_fields(entry.report.activity)
        if f.kind in _WIDE and row.get(f.key)
    ]
    return ShownRecord(
        number=number,
        entry=entry,
        name=entry.venue or str(entry),
        about="　".join(
            str(row[f.key])
            for f in entered_fields(entry.report.activity)
            if f.kind in (FieldKind.TEXT, FieldKind.CHOICE)
            and _leads(f)
            and row.get(f.key) not in (None, "", entry.venue)
        ),
        day=entry.held_on,
        cells=tuple(
            ShownCell(_text(row.get(f.key)), f.kind.is_number, f.key in entry.approximate, f.label)
            for f in fields
        ),
        note="　".join(notes),
    )


def _text(value: Value) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int | Decimal):
        return format_number(value)
    return f"{value.month}月{value.day}日" if isinstance(value, date) else value


def month_figures(
    report: PeriodReport, earlier: PeriodReport | None, actor: Actor
) -> list[ShownFigure]:
    """The indicators of what this actor may read, beside the month before."""
    now = rows_of(report, actor)
    return compare_figures(report.activity, now, rows_of(earlier, actor) if earlier else None)


def rows_of(report: PeriodReport, actor: Actor) -> list[dict[str, Value]]:
    entries = list(ActivityRecord.objects.for_user(actor).filter(report=report).order_by("id"))
    for entry in entries:
        entry.report = report
    return [entry.row for entry in entries]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One figure of one month; `share` is per cent of the highest of the months shown."""

    text: str
    share: int

    @property
    def segments(self) -> tuple[tuple[int, str], ...]:
        return ((self.share, "a"),)


@dataclass(frozen=True, slots=True)
class Trend:
    """The indicators month by month: `rows` are (month, a point for each label)."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[TrendPoint, ...]], ...]


_TREND_MONTHS = 12


def month_trend(
    report: PeriodReport, actor: Actor, *, submitted_only: bool = False
) -> Trend | None:
    """Up to twelve periods to this one, of what the actor may read; None where only one has figures.

    `submitted_only` leaves out other periods that are still being written.
    """
    reports = list(
        PeriodReport.objects.filter(
            contract_id=report.contract_id,
            activity_uid=report.activity_uid,
            month__lte=report.month,
        )
        .filter(Q(pk=report.pk) | ~Q(state=ReportState.OPEN) if submitted_only else Q())
        .order_by("-month")[:_TREND_MONTHS]
    )
    rows: dict[Any, list[dict[str, Value]]] = {one.pk: [] for one in reports}
    entries = ActivityRecord.objects.for_user(actor).filter(report__in=list(rows))
    for pk, values in entries.order_by("id").values_list("report_id", "values"):
        rows[pk].append(unpack(report.activity, values))
    told = [one for one in reversed(reports) if rows[one.pk]]
    if len(told) < 2:
        return None
    figures = [report.activity.figures(rows[one.pk]) for one in told]
    indicators = report.activity.indicators
    highest = {i.code: max(f[i.code] or 0 for f in figures) for i in indicators}
    return Trend(
        tuple(i.label for i in indicators),
        tuple(
            (
                one.short_month,
                tuple(_point(f[i.code], highest[i.code], i.unit) for i in indicators),
            )
            for one, f in zip(told, figures, strict=True)
        ),
    )


def _point(value: int | Decimal | None, highest: int | Decimal, unit: str) -> TrendPoint:
    return TrendPoint(_with_unit(value, unit), int((value or 0) * 100 / highest) if highest else 0)


def compare_figures(
    activity: ActivityType,
    now: Iterable[Mapping[str, Value]],
    before: Iterable[Mapping[str, Value]] | None,
) -> list[ShownFigure]:
    this = activity.figures(now)
    last: Mapping[str, Any] = activity.figures(before) if before is not None else {}
    return [
        ShownFigure(
            indicator.label,
            _with_unit(this[indicator.code], indicator.unit),
            _with_unit(last.get(indicator.code), indicator.unit),
            _change(this[indicator.code], last.get(indicator.code)),
        )
        for indicator in activity.indicators
    ]


def _with_unit(value: int | Decimal | None, unit: str) -> str:
    return "—" if value is None else f"{format_number(value)}{unit}"


def _change(now: int | Decimal | None, before: int | Decimal | None) -> str:
    if now is None or before is None:
        return "—"
    rise = now - before
    return f"＋{format_number(rise)}" if rise > 0 else format_number(rise)
