"""The rows of the desk: each filing with its clock, who has it and what to look at first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.filings.api import WITH_REVIEWERS, Clock, Filing, FilingState, clock_of
from grants.programmes.api import Terms, terms_by_year
from portal.access.api import Role
from portal.accounts.api import Absence

from .filters import DeskFilter
from .models import Conflict
from .rules import Standing, flags
from .states import Flag

_AWAITS_OFFICE = WITH_REVIEWERS - {FilingState.REVIEWED}


@dataclass(frozen=True, slots=True)
class Row:
    """`absence` is today's of whoever has it; `last_amount` is last year's request in yen."""

    filing: Filing
    clock: Clock | None
    age: int
    flags: tuple[Flag, ...]
    absence: Absence | None
    last_amount: int | None

    @property
    def is_stopped(self) -> bool:
        return self.filing.returned_on is not None

    @property
    def percent(self) -> int | None:
        """The change against last year in per cent; None where there is nothing to compare."""
        amount = self.filing.requested_amount
        if amount is None or not self.last_amount:
            return None
        return round((amount - self.last_amount) * 100 / self.last_amount)

    @property
    def size(self) -> int:
        """Of the change, in per cent; its direction is written as a word."""
        return abs(self.percent or 0)


def rows(filings: list[Filing], today: date) -> list[Row]:
    """A fixed number of queries for any number of filings, bodies and years."""
    terms = terms_by_year((filing.programme_id for filing in filings), today)
    before = _last_amounts(filings)
    away = absences_on(today)
    conflicts = set(Conflict.objects.standing().values_list("user_id", "grantee_id"))
    found = []
    for filing in filings:
        of_year = terms[filing.programme_id]
        clock = clock_of(filing, of_year.standard_processing_days)
        last = before.get((filing.grantee_id, filing.kind, filing.programme.fiscal_year - 1))
        absence = away.get(filing.reviewer_id) if filing.reviewer_id else None
        standing = _standing(filing, of_year, clock, last, absence, conflicts)
        arrived = timezone.localdate(filing.first_submitted_at)
        marks = tuple(flags(standing, today))
        found.append(Row(filing, clock, (today - arrived).days, marks, absence, last))
    return found


def _standing(
    filing: Filing,
    terms: Terms,
    clock: Clock | None,
    last: int | None,
    absence: Absence | None,
    conflicts: set[tuple[UUID, UUID]],
) -> Standing:
    facts: Any = getattr(filing, "desk_facts", None)
    return Standing(
        soon_days=terms.due_soon_days,
        unusual_percent=terms.unusual_percent,
        days_left=clock.left if clock else None,
        is_returned=filing.state in (FilingState.RETURNED, FilingState.AWAITING_APPROVAL),
        answer_due=filing.answer_due,
        awaits_office=filing.state in _AWAITS_OFFICE,
        has_reviewer=filing.reviewer_id is not None,
        reviewer_is_away=absence is not None,
        reviewer_has_conflict=(filing.reviewer_id, filing.grantee_id) in conflicts,
        warnings=facts.warnings if facts else 0,
        changed_outside=facts.changed_outside if facts else 0,
        returns=facts.returns if facts else 0,
        amount=filing.requested_amount,
        last_amount=last,
    )


def _last_amounts(filings: Iterable[Filing]) -> dict[tuple[UUID, str, int], int]:
    years = {filing.programme.fiscal_year - 1 for filing in filings}
    found = Filing.objects.filter(
        programme__fiscal_year__in=years, state=FilingState.DECIDED
    ).exclude(requested_amount=None)
    names = ("grantee_id", "kind", "programme__fiscal_year", "requested_amount")
    return {(g, kind, year): amount for g, kind, year, amount in found.values_list(*names)}


def absences_on(day: date) -> dict[UUID, Absence]:
    """Who of the 審査担当 is away, by person."""
    found = Absence.objects.on(day).filter(membership__role=Role.REVIEWER).for_lists()
    return {absence.membership.user_id: absence for absence in found.order_by("starts_on", "id")}


def arranged(found: list[Row], chosen: DeskFilter) -> list[Row]:
    """Those with the flag, in the order asked for; what has no value stands last either way."""
    if chosen.flag:
        found = [row for row in found if chosen.flag in row.flags]
    value = _VALUES[chosen.sort]
    known = [row for row in found if value(row) is not None]
    known.sort(key=lambda row: (row.filing.grantee.prefecture_id or "", -row.age))
    known.sort(key=value, reverse=chosen.order == "down")
    return known + [row for row in found if value(row) is None]


_STATES = {state: place for place, state in enumerate(FilingState.values)}
_VALUES: dict[str, Any] = {
    "left": lambda row: row.clock.left if row.clock else None,
    "age": lambda row: row.age,
    "body": lambda row: row.filing.grantee.prefecture_id,
    "amount": lambda row: row.filing.requested_amount,
    "reviewer": lambda row: row.filing.reviewer.name if row.filing.reviewer else None,
    "state": lambda row: _STATES[row.filing.state],
}
