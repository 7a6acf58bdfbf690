"""The money of each award of a year side by side, and of one award whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from grants.awards.api import Award, AwardState
from grants.filings.api import Filing
from grants.payments.api import Payment
from grants.refunds.api import RefundOrder
from portal.core.actor import Actor

from .models import Settlement


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Yen; `report` is the filing of the 実績報告 as far as this actor sees it.

    `refunds` is what orders ask back of the amount, `beside` what they ask back beside it.
    """

    award: Award
    paid: int
    report: Filing | None
    settlement: Settlement | None
    refunds: int
    beside: int

    @property
    def limit(self) -> int:
        """What may be paid in all: the amount decided, or 確定額 once there is one."""
        if self.settlement is None:
            return int(self.award.amount)
        return min(int(self.award.amount), int(self.settlement.amount))

    @property
    def over(self) -> int:
        # Of an award that is revoked whole, what came back beside the amount came back already.
        gone = self.refunds + (self.beside if self.award.state == AwardState.REVOKED else 0)
        return max(0, self.paid - self.limit - gone)


def money_rows(awards: QuerySet[Any], actor: Actor) -> list[MoneyRow]:
    """Six queries, however many awards."""
    found = list(awards.select_related("programme", "grantee__prefecture", "decision"))
    ids = [award.pk for award in found]
    paid = _sums(Payment.objects.standing(), ids)
    refunds = _sums(RefundOrder.objects.towards_the_amount(), ids)
    orders = _sums(RefundOrder.objects.all(), ids)
    reports = _reports(ids, actor)
    settlements = {one.award_id: one for one in Settlement.objects.filter(award_id__in=ids)}
    return [
        MoneyRow(
            award,
            paid.get(award.pk, 0),
            reports.get(award.pk),
            settlements.get(award.pk),
            refunds.get(award.pk, 0),
            orders.get(award.pk, 0) - refunds.get(award.pk, 0),
        )
        for award in found
    ]


def _sums(rows: QuerySet[Any], ids: list[UUID]) -> dict[UUID, int]:
    found = rows.filter(award_id__in=ids).order_by().values("award_id")
    return {one["award_id"]: int(one["sum"]) for one in found.annotate(sum=Sum("amount"))}


def _reports(ids: list[UUID], actor: Actor) -> dict[UUID, Filing]:
    seen = Filing.objects.for_user(actor).filter(performance__award_id__in=ids)
    return {
        one.performance.award_id: one
        for one in seen.select_related("performance", "programme", "grantee").order_by("created_at")
    }
