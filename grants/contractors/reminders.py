"""A check that is about to expire is announced while a contract still needs it (要領2(2))."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone

from portal.outbox.api import enqueue

from .models import Contractor
from .querysets import ContractorQuerySet

_DAYS_BEFORE = (30, 7, 0)
_NOT_BEFORE = time(8, 30)


def remind_of_checks(bodies: ContractorQuerySet | None = None) -> int:
    """Asks for a notice to the prefecture on each body whose check lapses on one of these days.

    Of bodies with a contract in force, unless others are named; nobody is told twice in a day.
    """
    busy = Contractor.objects.with_contract_in_force() if bodies is None else bodies
    now = timezone.localtime()
    if now.time() < _NOT_BEFORE:
        return 0
    today, asked = now.date(), 0
    for days in _DAYS_BEFORE:
        for contractor in busy.lapsing_on(today + timedelta(days=days)):
            key = f"check.lapsing:{contractor.pk}:{today.isoformat()}"
            enqueue(
                "notify",
                key,
                {"message": "check.lapsing", "pk": str(contractor.pk), "key": key},
            )
            asked += 1
    return asked
