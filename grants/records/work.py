"""What a contract's months say of its work, as its papers begin with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.activities.api import ActivityType, Field, FieldKind, Value
from grants.contractors.api import Contract, Measure, Waiting, WorkDone

from .models import ActivityRecord, PeriodReport
from .presentation import compare_figures
from .states import ReportState
from .values import unpack

_ADDING = (FieldKind.COUNT, FieldKind.DECIMAL, FieldKind.YEN)
# Not a field: how many records there are.
_RECORDS = "records"


def measures(contract: Contract) -> list[Measure]:
    """Of each activity the number of its records, then every field that adds up."""
    reports = contract.reports.order_by("type_code", "activity_uid", "month")
    firsts = [next(group) for _, group in groupby(reports, key=lambda one: one.activity_uid)]
    return [one for report in firsts for one in _measures(report)]


def _measures(report: PeriodReport) -> list[Measure]:
    activity = report.activity
    name = f"{activity.title}　{report.activity_name}"
    found = [Measure(_key(report.activity_uid, _RECORDS), "記録の件数", (), name)]
    for field in _adding(activity):
        label = f"{field.label}（{field.unit}）" if field.unit else field.label
        key = _key(report.activity_uid, field.key)
        found.append(Measure(key, label, (field.label, *field.aliases), name))
    return found


def _key(uid: UUID, name: str) -> str:
    return f"{uid}:{name}"


def _adding(activity: ActivityType) -> list[Field]:
    """A number that stands on a day, or a mean of others, says nothing when it is added up."""
    return [
        field
        for field in activity.fields
        if field.kind in _ADDING
        and not field.is_standing
        and not (field.is_computed and field.kind is not FieldKind.COUNT)
    ]


def done(contract: Contract, first: date, last: date) -> list[WorkDone]:
    """Two queries, whatever the months are."""
    begun = contract.reports.begun(timezone.localdate())
    reports = list(
        begun.filter(month__gte=first, last_month__lte=last).order_by(
            "type_code", "activity_uid", "month"
        )
    )
    rows = _rows(one for one in reports if one.state == ReportState.CONFIRMED)
    return [
        _work(list(group), rows) for _, group in groupby(reports, key=lambda one: one.activity_uid)
    ]


def _rows(reports: Iterable[PeriodReport]) -> Mapping[Any, list[dict[str, Value]]]:
    activities = {one.pk: one.activity for one in reports}
    rows: dict[Any, list[dict[str, Value]]] = defaultdict(list)
    entries = ActivityRecord.objects.filter(report__in=list(activities)).order_by("id")
    for pk, values in entries.values_list("report_id", "values"):
        rows[pk].append(activities[pk].with_computed(unpack(activities[pk], values)))
    return rows


def _work(reports: list[PeriodReport], rows: Mapping[Any, list[dict[str, Value]]]) -> WorkDone:
    activity, uid = reports[0].activity, reports[0].activity_uid
    confirmed = [one for one in reports if one.state == ReportState.CONFIRMED]
    told = [row for one in confirmed for row in rows.get(one.pk, ())]
    totals: dict[str, Any] = {}
    if confirmed:
        totals[_key(uid, _RECORDS)] = len(told)
        for field in _adding(activity):
            given = [v for row in told if (v := row.get(field.key)) is not None]
            totals[_key(uid, field.key)] = sum(given)
    return WorkDone(
        f"{activity.title}　{reports[0].activity_name}",
        tuple(one.month_label for one in confirmed),
        tuple((one.label, one.now) for one in compare_figures(activity, told, None))
        if confirmed
        else (),
        totals,
        tuple(
            Waiting(f"{one.month_label}（{one.get_state_display()}）", one.get_absolute_url())
            for one in reports
            if one.state != ReportState.CONFIRMED
        ),
    )
