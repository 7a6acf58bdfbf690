"""After 出納閉鎖: bodies whose report still expects to pay are told, the day after and every week."""

from __future__ import annotations

from datetime import time

from django.utils import timezone

from grants.filings.api import FilingState
from portal.outbox.api import enqueue

from .models import PerformanceReport
from .paying import books_close_on, expected_in

_WITH_OFFICE = (FilingState.SUBMITTED, FilingState.UNDER_REVIEW)
_DAYS_BETWEEN = 7
_NOT_BEFORE = time(8, 30)


def remind_of_payments() -> int:
    """Asks for one notice a body and day; run again, it asks for none twice."""
    now = timezone.localtime()
    if now.time() < _NOT_BEFORE:
        return 0
    today, asked = now.date(), 0
    reports = PerformanceReport.objects.filter(filing__state__in=_WITH_OFFICE)
    for report in reports.select_related("filing", "award__programme").order_by("pk"):
        late = (today - books_close_on(report.award)).days
        if late < 1 or (late - 1) % _DAYS_BETWEEN or not expected_in(report.filing):
            continue
        key = f"performance.unpaid:{report.filing_id}:{today.isoformat()}"
        payload = {"message": "performance.unpaid", "pk": str(report.filing_id), "key": key}
        enqueue("notify", key, payload)
        asked += 1
    return asked
