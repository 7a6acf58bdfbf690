"""What the confirmed activity records of an award add up to, by activity and indicator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from grants.activities.api import ActivityType, OwnIndicator, Value, get_activity_type, own_key
from grants.awards.api import Award
from grants.records.api import ActivityRecord, PeriodReport, ReportState


def recorded_figures(award: Award) -> dict[UUID, Decimal]:
    """The uid of an indicator of the plan in force → its figure over the year. Three queries."""
    rows: dict[UUID, list[dict[str, Value]]] = defaultdict(list)
    own: dict[UUID, dict[str, OwnIndicator]] = defaultdict(dict)
    confirmed = ActivityRecord.objects.filter(
        report__contract__award=award, report__state=ReportState.CONFIRMED
    )
    for entry in confirmed.select_related("report").order_by("id"):
        uid = entry.report.activity_uid
        rows[uid].append(entry.row)
        own[uid] |= {one["key"]: OwnIndicator(**one) for one in entry.report.own_indicators}
    found: dict[UUID, Decimal] = {}
    for activity in award.revision.activities.filter(uid__in=rows).prefetch_related("indicators"):
        kind = get_activity_type(activity.type_code, tuple(own[activity.uid].values()))
        figures = kind.figures(rows[activity.uid])
        for planned in activity.indicators.all():
            value = _figure_of(planned, kind, figures)
            if value is not None:
                found[planned.uid] = Decimal(value)
    return found


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
