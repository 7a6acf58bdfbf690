"""What the confirmed activity records of an award add up to, by activity and indicator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from grants.activities.api import ActivityType, OwnIndicator, Value, get_activity_type, own_key
from grants.awards.api import Award
from grants.records.api import ActivityRecord, PeriodReport, ReportState
from portal.core.money import format_number


@dataclass(frozen=True, slots=True)
class RecordedWork:
    """One activity up to a day: confirmed records, the plan's figures with unit, months that were due.

    Of the `due` months `confirmed` are so.
    """

    records: int = 0
    figures: tuple[tuple[str, str], ...] = ()
    confirmed: int = 0
    due: int = 0


def recorded_figures(award: Award) -> dict[UUID, Decimal]:
    """The uid of an indicator of the plan in force → its figure over the year. Three queries."""
    return {planned.uid: value for _, _, found in _added_up(award) for planned, value in found}


def recorded_work(award: Award, until: date) -> dict[UUID, RecordedWork]:
    """By the uid of an activity (`platform_uid` for the platform); four queries.

    A record without a day counts once its period is over.
    """
    found: dict[UUID, RecordedWork] = {}
    months = PeriodReport.objects.filter(contract__award=award, due_on__lte=until)
    for uid, state in months.values_list("activity_uid", "state"):
        one = found.get(uid, RecordedWork())
        is_confirmed = state == ReportState.CONFIRMED
        found[uid] = replace(one, due=one.due + 1, confirmed=one.confirmed + is_confirmed)
    for uid, count, figures in _added_up(award, until):
        shown = tuple((one.label, f"{format_number(value)}{one.unit}") for one, value in figures)
        found[uid] = replace(found.get(uid, RecordedWork()), records=count, figures=shown)
    return found


def _added_up(
    award: Award, until: date | None = None
) -> Iterator[tuple[UUID, int, list[tuple[Any, Decimal]]]]:
    """Each activity with confirmed records: how many, and the plan's indicators with their figures."""
    rows: dict[UUID, list[dict[str, Value]]] = defaultdict(list)
    own: dict[UUID, dict[str, OwnIndicator]] = defaultdict(dict)
    confirmed = ActivityRecord.objects.filter(
        report__contract__award=award, report__state=ReportState.CONFIRMED
    )
    if until is not None:
        in_time = Q(held_on__lte=until) | Q(
            held_on=None, report__last_month__lt=until.replace(day=1)
        )
        confirmed = confirmed.filter(in_time)
    for entry in confirmed.select_related("report").order_by("id"):
        uid = entry.report.activity_uid
        rows[uid].append(entry.row)
        own[uid] |= {one["key"]: OwnIndicator(**one) for one in entry.report.own_indicators}
    activities = award.revision.activities.filter(uid__in=rows).prefetch_related("indicators")
    planned = {activity.uid: activity for activity in activities}
    for uid, records in rows.items():
        figures: list[tuple[Any, Decimal]] = []
        if uid in planned:
            activity = planned[uid]
            kind = get_activity_type(activity.type_code, tuple(own[uid].values()))
            sums = kind.figures(records)
            found = ((one, _figure_of(one, kind, sums)) for one in activity.indicators.all())
            figures = [(one, Decimal(value)) for one, value in found if value is not None]
        yield uid, len(records), figures


def _figure_of(
    planned: Any, kind: ActivityType, figures: Mapping[str, int | Decimal | None]
) -> int | Decimal | None:
    """By the code that the plan keeps, whatever its words became; one typed by hand by its words."""
    codes = (
        f"{kind.code}.{own_key(planned.uid)}",
        planned.code or next((i.code for i in kind.indicators if i.label == planned.label), ""),
    )
    return next((figures[code] for code in codes if code in figures), None)


def unconfirmed_months(award: Award) -> int:
    """月報 of the award that its prefecture has not confirmed."""
    months = PeriodReport.objects.filter(contract__award=award)
    return int(months.exclude(state=ReportState.CONFIRMED).count())
