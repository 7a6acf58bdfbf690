"""What every body of a year has claimed and what is left to claim, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.awards.api import Award, AwardState
from grants.carryovers.api import standings_of
from grants.claims.api import Claim
from grants.settlements.api import money_rows
from portal.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """One award; `claims` as far as this actor sees them, newest first. Yen."""

    award: Award
    limit: int
    paid: int
    reserved: int
    claims: tuple[Claim, ...]
    closed: int = 0
    because: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        return max(0, self.limit - self.paid - self.reserved - self.closed)

    @property
    def can_start(self) -> bool:
        in_writing = any(one.filing.is_with_writers for one in self.claims)
        return self.left > 0 and self.award.state == AwardState.IN_FORCE and not in_writing


def standings(actor: Actor, awards: Any) -> list[Standing]:
    """Nine queries at most, however many awards."""
    rows = money_rows(awards, actor)
    ids = [row.award.pk for row in rows]
    reserved: dict[UUID, int] = defaultdict(int)
    for pk, amount in Claim.objects.open().filter(award_id__in=ids).values_list("award_id", "left"):
        reserved[pk] += amount
    claims: dict[UUID, list[Claim]] = defaultdict(list)
    seen = Claim.objects.for_user(actor).with_payment().filter(award_id__in=ids)
    for one in seen.select_related("filing__programme", "filing__grantee").order_by(
        "-filing__created_at"
    ):
        claims[one.award_id].append(one)
    carried, today = standings_of(row.award for row in rows), timezone.localdate()
    found = []
    for row in rows:
        paid, years = row.paid - row.refunds, carried[row.award.pk]
        closed = years.closed(today, row.limit - paid)
        found.append(
            Standing(
                row.award,
                row.limit,
                paid,
                reserved[row.award.pk],
                tuple(claims[row.award.pk]),
                closed,
                tuple(years.closed_reasons(today)) if closed else (),
            )
        )
    return found
