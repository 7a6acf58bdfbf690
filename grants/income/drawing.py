"""What the formula rests on: drawn from 額の確定, from other orders and from confirmed reports. Yen."""

from __future__ import annotations

import json

from django.db.models import Sum

from grants.awards.api import Award
from grants.conditions.api import Way
from grants.refunds.api import Ground
from portal.core.dates import FiscalYear

from .models import IncomeReport, Lessening
from .rules import Basis, Computed, YearFigures, compute

# What brings the receipts down to 確定額, and the income itself, leave the ceiling as it is.
_WITHIN = (Ground.OVERPAID, Ground.INCOME)


def basis_of(award: Award) -> Basis:
    """As the award stands today. Columns A and B are those of 額の確定."""
    terms, settlement = award.programme.terms(), award.settlement
    columns = json.loads(settlement.payload)["columns"]
    return Basis(
        total=int(columns["a"]),
        contributed=int(columns["b"]),
        fixed=int(settlement.amount),
        elsewhere=int(award.refund_orders.exclude(ground__in=_WITHIN).total()),
        rate=terms.grant_rate,
        deducted=terms.income_deducted,
        share_by=terms.income_share,
        threshold=terms.income_threshold,
        ceiling_by=terms.income_ceiling,
    )


def standing(award: Award) -> int:
    """Yen that confirmed reports ask back, less what decisions took off or gave back."""
    confirmed = sum(one.increase for one in IncomeReport.objects.filter(award=award).confirmed())
    less = Lessening.objects.filter(report__award=award).exclude(way=Way.KEEP)
    return confirmed - int(less.aggregate(total=Sum("amount"))["total"] or 0)


def years_of(report: IncomeReport) -> list[YearFigures]:
    """Every confirmed year in its newest report, and the reported one as it is written."""
    told: dict[int, tuple[int, int]] = {}
    confirmed = IncomeReport.objects.filter(award=report.award).confirmed().exclude(pk=report.pk)
    for one in confirmed.order_by("filing__created_at"):
        told[one.fiscal_year] = (int(one.income or 0), int(one.costs or 0))
    lines = report.lines.all()
    told[report.fiscal_year] = (
        sum(int(one.amount) for one in lines if one.side == "income"),
        sum(int(one.amount) for one in lines if one.side == "cost"),
    )
    return [YearFigures(FiscalYear(year), *told[year]) for year in sorted(told)]


def computed(report: IncomeReport) -> Computed:
    return compute(
        years_of(report),
        basis_of(report.award),
        standing(report.award),
        is_correction=report.corrects_id is not None,
    )
