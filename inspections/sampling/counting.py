"""The signs of a year's bodies, or of one body's contracts. A fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from grants.allocations.api import first_eligible_days
from grants.awards.api import Award
from grants.contractors.api import Contract, Ground, Invoice, Method
from grants.programmes.api import Programme
from grants.records.api import PeriodReport, ReportState, ReportVersion
from grants.subcontracts.api import Payee, Subcontract
from inspections.visits.api import Visit

from .signs import Signed, Signs, added_up, split_pairs

_WITH_CONTRACTOR = (ReportState.OPEN, ReportState.SENT_BACK)


def of_year(programme: Programme) -> list[tuple[Award, Signs]]:
    """Every award in force, in the order of the prefectures."""
    awards = Award.objects.in_force().filter(programme=programme)
    awards = awards.select_related("grantee", "programme", "decision")
    last = Award.objects.in_force().filter(programme__fiscal_year=programme.fiscal_year - 1)
    before = dict(last.values_list("grantee_id", "amount"))
    visited = _visited("award__grantee_id")
    by_award: dict[Any, list[tuple[Contract, Signs]]] = defaultdict(list)
    for contract, signs in _of_contracts(programme, Contract.objects.all()):
        by_award[contract.award_id].append((contract, signs))
    found = []
    for award in awards.order_by("grantee__prefecture_id"):
        mine = by_award[award.pk]
        signs = Signs(
            amount=int(award.amount),
            last_amount=before.get(award.grantee_id),
            split=split_pairs([_signed(contract) for contract, _ in mine]),
            inspected_on=visited.get(award.grantee_id),
            **added_up(signs for _, signs in mine),
        )
        found.append((award, signs))
    return found


def of_award(award: Award) -> list[tuple[Contract, Signs]]:
    """Its contracts, the largest first."""
    mine = Contract.objects.filter(award=award)
    return sorted(_of_contracts(award.programme, mine), key=lambda row: -row[1].amount)


def _of_contracts(programme: Programme, mine: Any) -> list[tuple[Contract, Signs]]:
    contracts = list(
        mine.concluded().filter(award__programme=programme).select_related("contractor", "award")
    )
    pks = [contract.pk for contract in contracts]
    billed = _billed(pks, date(programme.fiscal_year + 1, 2, 1))
    passed, unconsented = _passed_on(pks), _unconsented(pks)
    late, corrected, visited = _late(pks), _corrected(pks), _visited("contract_id")
    first = first_eligible_days(programme)
    signed = [_signed(contract) for contract in contracts]
    of_body: dict[Any, list[Signed]] = defaultdict(list)
    for one in signed:
        of_body[one.contractor].append(one)
    found = []
    for contract, own in zip(contracts, signed, strict=True):
        total, at_end = billed.get(contract.pk, (0, 0))
        starts = first.get(contract.award.grantee_id)
        others = [one for one in of_body[own.contractor] if one is not own]
        signs = Signs(
            amount=contract.amount,
            billed=total,
            billed_late=at_end,
            contracted=contract.amount,
            by_negotiation=contract.amount if contract.method == Method.NEGOTIATED else 0,
            split=sum(split_pairs([own, other]) for other in others),
            late=late.get(contract.pk, 0),
            corrected=corrected.get(contract.pk, 0),
            early=int(starts is not None and contract.signed_on < starts),
            passed_on=passed.get(contract.pk, 0),
            unconsented=unconsented[contract.pk],
            inspected_on=visited.get(contract.pk),
        )
        found.append((contract, signs))
    return found


def _signed(contract: Contract) -> Signed:
    is_small = contract.method == Method.NEGOTIATED and contract.ground == Ground.G1
    return Signed(contract.contractor_id, contract.signed_on, is_small)


def _billed(pks: Iterable[Any], year_end: date) -> dict[Any, tuple[int, int]]:
    """Yen asked for in all, and from February on."""
    rows = Invoice.objects.asked_for().filter(contract__in=pks).values("contract_id")
    rows = rows.annotate(
        total=Sum("amount"), at_end=Sum("amount", filter=Q(billed_on__gte=year_end))
    )
    found = rows.values_list("contract_id", "total", "at_end")
    return {pk: (int(total), int(at_end or 0)) for pk, total, at_end in found}


def _passed_on(pks: Iterable[Any]) -> dict[Any, int]:
    """Yen of the consents in force, directly below each contract."""
    rows = Subcontract.objects.in_force().filter(contract__in=pks, parent=None)
    found = rows.order_by().values_list("contract_id").annotate(total=Sum("amount"))
    return {pk: int(total) for pk, total in found}


def _unconsented(pks: Iterable[Any]) -> Counter[Any]:
    """Links begun before their consent, and payments to a body that had none."""
    begun = Subcontract.objects.begun_before_consent().filter(contract__in=pks)
    paid = Payee.objects.without_consent().filter(invoice__contract__in=pks)
    found = Counter(begun.values_list("contract_id", flat=True))
    return found + Counter(paid.values_list("invoice__contract_id", flat=True))


def _late(pks: Iterable[Any]) -> dict[Any, int]:
    """Months that came late or are missing, and those that wait for the body's confirmation.

    By their first submission: one that was in time and is corrected later did not come late.
    """
    first = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("number")
    missing = Q(first=None, state__in=_WITH_CONTRACTOR, due_on__lt=timezone.localdate())
    unusual = missing | Q(first__date__gt=F("due_on")) | Q(state=ReportState.SUBMITTED)
    months = PeriodReport.objects.annotate(first=Subquery(first.values("submitted_at")[:1]))
    rows = months.filter(unusual, contract__in=pks).values("contract_id")
    return dict(rows.annotate(count=Count("pk")).values_list("contract_id", "count"))


def _corrected(pks: Iterable[Any]) -> dict[Any, int]:
    again = ReportVersion.objects.filter(number__gt=1, report__contract__in=pks)
    rows = again.values("report__contract_id").annotate(count=Count("report", distinct=True))
    return dict(rows.values_list("report__contract_id", "count"))


def _visited(by: str) -> dict[Any, date]:
    """The last day on which a visit was held."""
    rows = Visit.objects.filter(held_on__isnull=False).values(by).annotate(day=Max("held_on"))
    return dict(rows.values_list(by, "day"))
