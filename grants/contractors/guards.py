"""What must be so before a contract moves."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from grants.awards.api import AwardState
from grants.guideline.api import blocking_messages
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday

from .judging import judgements
from .models import Contract


def requirements_met(contract: Contract, actor: Actor) -> Iterator[str]:
    yield from blocking_messages(judgements(contract))


def award_in_force(contract: Contract, actor: Actor) -> Iterator[str]:
    if contract.award.state != AwardState.IN_FORCE:
        yield "交付決定が効力を持っていません。"


def period_over(contract: Contract, actor: Actor) -> Iterator[str]:
    if timezone.localdate() <= contract.ends_on:
        yield f"契約の期間（{day_with_weekday(contract.ends_on)}まで）が終わっていません。"
