"""Who owes a figure on which award, and since when it is late: in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.awards.api import Award, AwardState
from grants.contractors.api import Contract
from grants.filings.api import Filing
from grants.programmes.api import Terms, terms_by_year
from grants.settlements.api import Settlement
from portal.core.actor import Actor

from .models import InputTaxReport, RecipientTax
from .rules import due_day


@dataclass(frozen=True, slots=True)
class Recipient:
    """`contractor_id` is empty for the body itself; `returned` (yen) once its figure is in."""

    contractor_id: UUID | None
    name: str
    row: RecipientTax | None

    @property
    def is_in(self) -> bool:
        return self.row is not None


@dataclass(frozen=True, slots=True)
class Duty:
    """Of one award, from 額の確定 until the figure of every recipient is in, even if it is zero.

    `going` is the report on its way as far as this actor sees it, `reports` those confirmed.
    """

    award: Award
    settlement: Settlement
    due_on: date
    recipients: tuple[Recipient, ...]
    going: Filing | None
    reports: tuple[InputTaxReport, ...]

    @property
    def owed(self) -> tuple[Recipient, ...]:
        return tuple(one for one in self.recipients if not one.is_in)

    @property
    def is_open(self) -> bool:
        return bool(self.owed)

    @property
    def is_waiting(self) -> bool:
        """It lies with the Cabinet Office."""
        return self.going is not None and self.going.state == "submitted"

    @property
    def is_late(self) -> bool:
        return self.is_open and not self.is_waiting and self.due_on < timezone.localdate()

    @property
    def returned(self) -> int:
        """Yen that were confirmed to go back to the state, corrections counted."""
        return sum(one.change for one in self.reports)

    @property
    def undecided(self) -> tuple[InputTaxReport, ...]:
        """Corrected reports that say less, of which nothing was decided yet."""
        return tuple(one for one in self.reports if one.is_undecided)


def due_on(terms: Terms) -> date:
    return due_day(terms.fiscal_year, terms.input_tax_due_years, terms.input_tax_due_day)


def duties(actor: Actor, awards: Any) -> list[Duty]:
    """Those of the awards whose amount is fixed, in the order of the awards. Six queries."""
    found = list(
        awards.filter(state=AwardState.IN_FORCE, settlement__isnull=False).select_related(
            "programme", "grantee", "decision", "settlement"
        )
    )
    ids = [award.pk for award in found]
    terms = terms_by_year({award.programme_id for award in found}, timezone.localdate())
    subsidised = _subsidised(ids)
    rows = _confirmed(ids)
    going, reports = _reports(actor, ids)
    return [
        Duty(
            award,
            award.settlement,
            due_on(terms[award.programme_id]),
            _recipients(award, subsidised[award.pk], rows[award.pk]),
            going.get(award.pk),
            tuple(reports[award.pk]),
        )
        for award in found
    ]


def duty_of(actor: Actor, award: Award) -> Duty | None:
    """None before 額の確定, and where the award is not in force."""
    return next(iter(duties(actor, Award.objects.filter(pk=award.pk))), None)


def _recipients(
    award: Award, names: dict[UUID, str], rows: dict[UUID | None, RecipientTax]
) -> tuple[Recipient, ...]:
    own = Recipient(None, award.grantee.name, rows.get(None))
    return (own, *(Recipient(pk, name, rows.get(pk)) for pk, name in names.items()))


def _subsidised(ids: Iterable[UUID]) -> dict[UUID, dict[UUID, str]]:
    """Bodies with a concluded subsidy under an award, by award: 間接補助 is ⑦⑧ alone (要領2(4))."""
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    contracts = (
        Contract.objects.concluded()
        .filter(award_id__in=ids, kind="subsidy")
        .select_related("contractor")
        .order_by("contractor__kana", "contractor_id")
    )
    for one in contracts:
        found[one.award_id][one.contractor_id] = one.contractor.name
    return found


def _confirmed(ids: Iterable[UUID]) -> dict[UUID, dict[UUID | None, RecipientTax]]:
    found: dict[UUID, dict[UUID | None, RecipientTax]] = defaultdict(dict)
    rows = RecipientTax.objects.confirmed().filter(report__award_id__in=ids)
    # A corrected report is younger than the one that it corrects.
    for row in rows.select_related("report").order_by("report__filing__created_at", "order"):
        found[row.report.award_id][row.contractor_id] = row
    return found


def _reports(
    actor: Actor, ids: Iterable[UUID]
) -> tuple[dict[UUID, Filing], dict[UUID, list[InputTaxReport]]]:
    going: dict[UUID, Filing] = {}
    reports: dict[UUID, list[InputTaxReport]] = defaultdict(list)
    seen = (
        InputTaxReport.objects.for_user(actor)
        .filter(award_id__in=ids)
        .select_related("filing__programme", "filing__grantee", "lessening")
        .order_by("filing__created_at")
    )
    for one in seen:
        if one.filing.state == "accepted":
            reports[one.award_id].append(one)
        else:
            going[one.award_id] = one.filing
    return going, reports
