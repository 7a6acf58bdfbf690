"""Who is reminded of which period, on which day. A period that has not begun is never asked for."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone

from portal.outbox.api import enqueue

from .models import PeriodReport

# Days before the last day in time (negative: after it).
_BEFORE_DUE = (3, 0, -1, -7, -14)
_NOT_BEFORE = time(8, 30)


def remind_of_months() -> int:
    """Asks for a notice on each period owed; run again on one day, it asks for none twice."""
    now = timezone.localtime()
    if now.time() < _NOT_BEFORE:
        return 0
    today, asked = now.date(), 0
    for days in _BEFORE_DUE:
        due = today + timedelta(days=days)
        message = "report.due" if days >= 0 else "report.overdue"
        for report in PeriodReport.objects.begun(today).owed_on(due):
            key = f"{message}:{report.pk}:{today.isoformat()}"
            enqueue("notify", key, {"message": message, "pk": str(report.pk), "key": key})
            asked += 1
    return asked
