"""Bodies that owe a report are told before the day, on it, and every month after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from grants.awards.api import Award
from grants.conditions.api import remind_of
from portal.core.actor import system

from .duties import duties


def remind_of_income() -> int:
    """Each body once on an award: of its earliest year that is not with the Cabinet Office yet."""
    return remind_of("income.owed", _owed)


def _owed() -> Iterator[tuple[UUID, date]]:
    told: set[UUID] = set()
    for duty in duties(system("収益状況報告の督促"), Award.objects.order_by("pk")):
        if duty.is_open and not duty.is_waiting and duty.award.pk not in told:
            told.add(duty.award.pk)
            yield duty.award.pk, duty.due_on
