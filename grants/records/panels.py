"""What months put on the home pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.access.api import CONTRACTOR, Role
from portal.core.actor import Actor
from portal.home.api import Panel

from .models import PeriodReport, RecordBatch
from .overview import lines, standing_of

_SHOWN = 20


def months_to_enter(actor: Actor) -> Mapping[str, Any]:
    """Months that this person's contracts still owe, oldest first, and files half done."""
    today = timezone.localdate()
    owed = PeriodReport.objects.for_user(actor).begun(today).with_contractor()
    reports = list(owed.for_lists().with_counts().order_by("month", "type_code", "id")[:_SHOWN])
    batches = (
        RecordBatch.objects.for_user(actor)
        .pending()
        .select_related("report__contract", "document")
        .order_by("uploaded_at")[:_SHOWN]
    )
    return {
        "rows": [(report, standing_of(report, today)) for report in reports],
        "total": owed.count(),
        "batches": list(batches),
        "is_responsible": actor.role == Role.RESPONSIBLE,
    }


def contractors_months(actor: Actor) -> Mapping[str, Any] | None:
    """The last three months of every contract that has a month among them, and what waits."""
    today = timezone.localdate()
    this_month = today.replace(day=1)
    last = (this_month - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    months = [(before - timedelta(days=1)).replace(day=1), before, last]
    visible = PeriodReport.objects.for_user(actor)
    waiting = visible.unconfirmed().for_lists().order_by("submitted_at")
    oldest = waiting.first()
    reports = (
        visible.filter(month__lte=last, last_month__gte=months[0])
        .for_lists()
        .order_by(
            "contract__contractor__kana", "contract_id", "type_code", "activity_uid", "month"
        )[: _SHOWN * 3]
    )
    rows = lines(reports, months, today)
    if not rows and oldest is None:
        return None
    return {
        "months": months,
        "lines": rows,
        "waiting": waiting.count(),
        "oldest": oldest,
        "bodies": waiting.order_by().values("contract__contractor_id").distinct().count(),
    }


PANELS = (
    Panel("months", CONTRACTOR, "home/panels/months.html", months_to_enter, "main", 10),
    Panel(
        "contractors",
        frozenset({Role.DRAFTER}),
        "home/panels/contractors.html",
        contractors_months,
        "main",
        30,
    ),
)
