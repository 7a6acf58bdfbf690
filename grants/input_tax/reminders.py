"""Bodies that owe a figure are told before the day, on it, and every month after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from grants.awards.api import Award
from grants.conditions.api import remind_of
from portal.core.actor import system

from .duties import duties


def remind_of_figures() -> int:
    """Each body whose report is not with the Cabinet Office yet."""
    return remind_of("input_tax.owed", _owed)


def _owed() -> Iterator[tuple[UUID, date]]:
    for duty in duties(system("仕入控除税額の督促"), Award.objects.order_by("pk")):
        if duty.is_open and not duty.is_waiting:
            yield duty.award.pk, duty.due_on
