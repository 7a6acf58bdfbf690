"""Which years of which award are to be reported on, and since when one is late: a fixed number of
queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.awards.api import Award, AwardState
from grants.filings.api import Filing
from grants.programmes.api import Terms, terms_by_year
from grants.settlements.api import PerformanceReport, Settlement
from portal.core.actor import Actor
from portal.core.dates import Deadline, FiscalYear

from .models import IncomeReport
from .rules import due_of, report_years

_WITH_THE_OFFICE = frozenset({"submitted", "under_review"})


@dataclass(frozen=True, slots=True)
class Duty:
    """One year of one award, from 額の確定 until its figure is in, even if it is zero.

    `going` is the report on its way as far as this actor sees it, `reports` those confirmed. Years are
    reported on in their order, one at a time: `is_next` is the one that can be begun.
    """

    award: Award
    settlement: Settlement
    year: FiscalYear
    due: Deadline
    going: Filing | None
    reports: tuple[IncomeReport, ...]
    today: date
    is_next: bool = False

    @property
    def due_on(self) -> date:
        return self.due.day

    @property
    def is_over(self) -> bool:
        """Before the year's end nothing can be told of it."""
        return self.today > self.year.end

    @property
    def is_confirmed(self) -> bool:
        return bool(self.reports)

    @property
    def is_open(self) -> bool:
        return self.is_over and not self.is_confirmed

    @property
    def is_waiting(self) -> bool:
        """It lies with the Cabinet Office."""
        return self.going is not None and self.going.state in _WITH_THE_OFFICE

    @property
    def is_late(self) -> bool:
        return self.is_open and not self.is_waiting and self.due_on < self.today

    @property
    def returned(self) -> int:
        """Yen that were confirmed to go back to the state, corrections counted."""
        return sum(one.change for one in self.reports)

    @property
    def undecided(self) -> tuple[IncomeReport, ...]:
        """Corrected reports that say less, of which nothing was decided yet."""
        return tuple(one for one in self.reports if one.is_undecided)


def has_condition(award: Award) -> bool:
    """Whether the decision carries the one of 適正化法7条2項."""
    return any("7条2項" in str(one.get("basis", "")) for one in award.decision.conditions)


def is_asked(award: Award, terms: Terms) -> bool:
    if terms.income_report == "conditioned":
        return has_condition(award)
    return terms.income_report == "all"


def duties(actor: Actor, awards: Any) -> list[Duty]:
    """Every year of those awards whose amount is fixed, in the order of the awards. Five queries."""
    found = list(
        awards.filter(state=AwardState.IN_FORCE, settlement__isnull=False).select_related(
            "programme", "grantee", "decision", "settlement"
        )
    )
    today = timezone.localdate()
    terms = terms_by_year({award.programme_id for award in found}, today)
    found = [award for award in found if is_asked(award, terms[award.programme_id])]
    completed = _completed(found)
    going, reports = _reports(actor, [award.pk for award in found])
    busy = {pk for pk, _ in going}
    made = []
    for award in found:
        asked, is_free = terms[award.programme_id], award.pk not in busy
        for year in report_years(completed[award.pk], asked.income_first, asked.income_years):
            key = (award.pk, int(year))
            due = due_of(year, asked.income_due_day, asked.income_roll)
            is_next = is_free and today > year.end and not reports[key]
            is_free = is_free and not is_next
            of_year = tuple(reports[key])
            made.append(
                Duty(award, award.settlement, year, due, going.get(key), of_year, today, is_next)
            )
    return made


def duties_of(actor: Actor, award: Award) -> list[Duty]:
    """Its years in order; none before 額の確定, and where nothing is asked."""
    return duties(actor, Award.objects.filter(pk=award.pk))


def _completed(awards: Iterable[Award]) -> dict[UUID, date]:
    """The day of the report, of 廃止, or else the end of the award's own year."""
    told = dict(
        PerformanceReport.objects.filter(award__in=[award.pk for award in awards]).values_list(
            "award_id", "completed_on"
        )
    )
    return {
        award.pk: award.discontinued_on
        or told.get(award.pk)
        or FiscalYear(award.programme.fiscal_year).end
        for award in awards
    }


def _reports(
    actor: Actor, ids: Iterable[UUID]
) -> tuple[dict[tuple[UUID, int], Filing], dict[tuple[UUID, int], list[IncomeReport]]]:
    going: dict[tuple[UUID, int], Filing] = {}
    reports: dict[tuple[UUID, int], list[IncomeReport]] = defaultdict(list)
    seen = (
        IncomeReport.objects.for_user(actor)
        .filter(award_id__in=ids)
        .exclude(filing__state="withdrawn")
        .select_related("filing__programme", "filing__grantee", "lessening")
        .order_by("filing__created_at")
    )
    for one in seen:
        key = (one.award_id, one.fiscal_year)
        if one.filing.state == "accepted":
            reports[key].append(one)
        else:
            going[key] = one.filing
    return going, reports
