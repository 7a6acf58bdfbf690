"""After 出納閉鎖: bodies whose report still expects to pay are told, the day after and every week."""

from __future__ import annotations

from datetime import time

from django.utils import timezone

from grants.carryovers.api import years_of
from grants.filings.api import FilingState
from portal.outbox.api import enqueue

from .models import PerformanceReport
from .paying import books_close_on

_WITH_OFFICE = (FilingState.SUBMITTED, FilingState.UNDER_REVIEW)
_DAYS_BETWEEN = 7
_NOT_BEFORE = time(8, 30)


def remind_of_payments() -> int:
    """Asks for one notice a body and day; run again, it asks for none twice."""
    now = timezone.localtime()
    if now.time() < _NOT_BEFORE:
        return 0
    today, asked = now.date(), 0
    filed = PerformanceReport.objects.filter(filing__state__in=_WITH_OFFICE)
    expecting = filed.expecting_awards()
    carried = years_of(expecting)
    reports = filed.filter(award_id__in=expecting).select_related("award__programme")
    for report in reports.order_by("pk"):
        late = (today - books_close_on(report.award, carried.get(report.award_id, 0))).days
        if late < 1 or (late - 1) % _DAYS_BETWEEN:
            continue
        key = f"performance.unpaid:{report.filing_id}:{today.isoformat()}"
        payload = {"message": "performance.unpaid", "pk": str(report.filing_id), "key": key}
        enqueue("notify", key, payload)
        asked += 1
    return asked
