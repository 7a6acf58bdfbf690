"""Bodies that owe a figure are told before the day, on it, and every month after it."""

from __future__ import annotations

from datetime import date, time

from django.utils import timezone

from grants.awards.api import Award
from portal.core.actor import system
from portal.outbox.api import enqueue

from .duties import duties

_DAYS_BEFORE = frozenset({90, 30, 7, 0})
_DAYS_BETWEEN = 30
_NOT_BEFORE = time(8, 30)


def is_day_to_remind(due_on: date, today: date) -> bool:
    left = (due_on - today).days
    return left in _DAYS_BEFORE or (left < 0 and (-left - 1) % _DAYS_BETWEEN == 0)


def remind_of_figures() -> int:
    """Asks for a notice to each body whose report is not with the Cabinet Office yet; once a day."""
    now = timezone.localtime()
    if now.time() < _NOT_BEFORE:
        return 0
    today, asked = now.date(), 0
    for duty in duties(system("仕入控除税額の督促"), Award.objects.order_by("pk")):
        if not duty.is_open or duty.is_waiting or not is_day_to_remind(duty.due_on, today):
            continue
        key = f"input_tax.owed:{duty.award.pk}:{today.isoformat()}"
        enqueue("notify", key, {"message": "input_tax.owed", "pk": str(duty.award.pk), "key": key})
        asked += 1
    return asked
