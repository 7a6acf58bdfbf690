"""From 実績報告 to the last payment: where every body of a year stands, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from grants.awards.api import Award, report_due, unfinished_report_due
from grants.carryovers.api import year_ends_of, years_of
from grants.claims.api import Claim
from grants.filings.api import FilingState
from grants.programmes.api import Programme, Terms
from grants.settlements.api import MoneyRow, PerformanceReport, books_close_on, money_rows
from portal.core.actor import Actor

from .countdown import Next, Place, next_of
from .years import payment_day


@dataclass(frozen=True, slots=True)
class Standing:
    """One body: what it has done, and what must happen next. Yen and days."""

    award: Award
    row: MoneyRow
    claim: Claim | None
    left: int
    next: Next

    @property
    def is_received(self) -> bool:
        report = self.row.report
        return report is not None and report.state not in (
            FilingState.DRAFT,
            FilingState.AWAITING_APPROVAL,
            FilingState.RETURNED,
        )

    @property
    def is_examined(self) -> bool:
        report = self.row.report
        return report is not None and report.state in (FilingState.REVIEWED, FilingState.DECIDED)


def standings(actor: Actor, programme: Programme, today: date) -> list[Standing]:
    """Worst first: what is late, then what is due soonest, then who has most steps before them."""
    awards = Award.objects.for_user(actor).filter(programme=programme).in_force()
    rows = money_rows(awards.order_by("grantee__prefecture_id", "id"), actor)
    ids = [row.award.pk for row in rows]
    claims: dict[UUID, list[Claim]] = defaultdict(list)
    seen = Claim.objects.for_user(actor).with_payment().filter(award_id__in=ids)
    for one in seen.exclude(filing__state=FilingState.WITHDRAWN).select_related("filing"):
        claims[one.award_id].append(one)
    terms = programme.terms()
    carried, reported = years_of(ids), year_ends_of(ids)
    expecting = PerformanceReport.objects.filter(award_id__in=ids).expecting_awards()
    found = []
    for row in rows:
        years = carried.get(row.award.pk, 0)
        claim = _open_claim(claims[row.award.pk])
        left = max(0, row.limit - row.paid + row.refunds)
        place = Place(
            report=row.report.state if row.report else "",
            is_fixed=row.settlement is not None,
            left=left,
            over=row.over,
            claim=claim.filing.state if claim else "",
            is_carried=bool(years),
            expected_until=(
                books_close_on(row.award, years) if row.award.pk in expecting else None
            ),
            year_end_due=_year_end_due(terms, years, reported.get(row.award.pk, 0), today),
        )
        due = report_due(row.award.discontinued_on, terms, years).day
        pays_until = payment_day(programme, years)
        step = next_of(place, report_due=due, payment_day=pays_until, today=today)
        found.append(Standing(row.award, row, claim, left, step))
    return sorted(found, key=lambda one: one.next.order)


def _year_end_due(terms: Terms, years: int, reported: int, today: date) -> date | None:
    """Of the first year that ended with the work going on and was not reported on (14条後段)."""
    ended = min(years, today.year - terms.fiscal_year - (today.month < 4))
    return unfinished_report_due(terms, reported).day if reported < ended else None


def _open_claim(claims: list[Any]) -> Claim | None:
    """The final one that is not paid."""
    return next((one for one in claims if one.is_final and not one.is_paid), None)
