"""What the confirmed activity records of an award add up to, by activity and indicator."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from grants.activities.api import Value, get_activity_type
from grants.awards.api import Award
from grants.records.api import ActivityRecord, PeriodReport, ReportState


def recorded_figures(award: Award) -> dict[tuple[UUID, str], Decimal]:
    """(activity uid, the indicator's label) → its figure over the whole year. Two queries."""
    rows: dict[tuple[UUID, str], list[dict[str, Value]]] = defaultdict(list)
    confirmed = ActivityRecord.objects.filter(
        report__contract__award=award, report__state=ReportState.CONFIRMED
    )
    for entry in confirmed.select_related("report").order_by("id"):
        rows[entry.report.activity_uid, entry.report.type_code].append(entry.row)
    found: dict[tuple[UUID, str], Decimal] = {}
    for (uid, code), records in rows.items():
        kind = get_activity_type(code)
        figures = kind.figures(records)
        for indicator in kind.indicators:
            value = figures[indicator.code]
            if value is not None:
                found[uid, indicator.label] = Decimal(value)
    return found


def unconfirmed_months(award: Award) -> int:
    """月報 of the award that its prefecture has not confirmed."""
    months = PeriodReport.objects.filter(contract__award=award)
    return int(months.exclude(state=ReportState.CONFIRMED).count())
