"""A contract put before the requirements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from grants.allocations.api import first_eligible_day
from grants.awards.api import last_day_of
from grants.guideline.api import Judgement, Subject, judge
from grants.programmes.api import Terms, newest_programme
from portal.core.dates import FiscalYear
from portal.documents.api import Document

from .models import Contract, Contractor
from .planned import lines_for, planned_activities
from .requirements import ONLY_OF_CONTRACTS, ONLY_OF_SUBSIDIES, AllocatedLine, ContractSubject
from .rules import Quote, papers_asked
from .states import CheckKind, ContractKind, Ground, Method

EVIDENCE = "contract:evidence"


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A file with what it was said to hold."""

    document: Document
    names: tuple[str, ...]


def shown_evidence(contract: Contract) -> list[ShownPaper]:
    names = names_of(contract)
    return [ShownPaper(one, tuple(names.get(one.pk, ()))) for one in evidence_of(contract)]


def check_papers_asked() -> dict[str, frozenset[str]]:
    """By ground of exclusion: what a negative finding made today must rest on (要領2(2))."""
    programme = newest_programme()
    if programme is None:
        return dict.fromkeys(CheckKind.values, frozenset())
    terms = programme.terms()
    return {
        kind: papers_asked(kind, terms.check_pledges, terms.check_evidence)
        for kind in CheckKind.values
    }


def evidence_of(contract: Contract) -> list[Document]:
    return list(Document.objects.of_subject(contract).filter(kind=EVIDENCE))


def terms_of(contract: Contract) -> Terms:
    """Of the day of the contract. No value is older than the year before: an earlier day is a fault
    that another rule names."""
    programme = contract.award.programme
    return programme.terms(max(contract.signed_on, FiscalYear(programme.fiscal_year).start))


def asked_of(contract: Contract, terms: Terms | None = None) -> tuple[tuple[str, ...], int]:
    """Papers and number of estimates that its method asks for (要領2(3)): of a draft what the
    programme says, of a concluded one what it said then."""
    if not contract.is_draft:
        return tuple(contract.papers_asked), contract.estimates_asked
    if contract.kind != ContractKind.CONTRACT:
        return (), 0
    terms = terms or terms_of(contract)
    if contract.method != Method.NEGOTIATED:
        papers = {
            Method.GENERAL: terms.papers_general,
            Method.DESIGNATED: terms.papers_designated,
            Method.PROPOSAL: terms.papers_proposal,
        }
        return papers[Method(contract.method)], 0
    is_small = contract.ground == Ground.G1
    is_compared = f"g{contract.ground}" in terms.estimate_grounds
    return (
        terms.papers_small if is_small else terms.papers_negotiated,
        terms.estimate_bodies if is_compared else 0,
    )


def names_of(contract: Contract) -> dict[object, list[str]]:
    """By the key of a file: which of the papers it was said to hold."""
    found: dict[object, list[str]] = {}
    for paper in contract.named_papers.all():
        found.setdefault(paper.document_id, []).append(paper.name)
    return found


def read_subject(contract: Contract, entrusted_on: date | None = None) -> ContractSubject:
    """A fixed number of queries, whatever the number of activities and checks.

    `entrusted_on` is the day of a change; without it, that of the contract.
    """
    contractor = Contractor.objects.prefetch_related("checks").get(pk=contract.contractor_id)
    planned = {activity.uid: activity for activity in planned_activities(contract.award)}
    chosen = list(contract.activities.all())
    programme = contract.award.programme
    year, terms = FiscalYear(programme.fiscal_year), terms_of(contract)
    papers, estimates = asked_of(contract, terms)
    changes = list(contract.changes.all()[:1])
    return ContractSubject(
        kind=contract.kind,
        amount=contract.amount,
        signed_on=contract.signed_on,
        entrusted_on=entrusted_on or contract.signed_on,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        method=contract.method,
        ground=contract.ground,
        ground_reason=contract.ground_reason,
        selection_reason=contract.selection_reason,
        evidence_count=len(evidence_of(contract)),
        allocated=_allocated(contract),
        papers_asked=papers,
        papers_named=frozenset(_flat(names_of(contract).values())),
        estimates=tuple(Quote(e.name, e.amount, e.is_chosen) for e in contract.estimates.all()),
        estimates_asked=estimates,
        first_amount=changes[0].before["amount"] if changes else contract.amount,
        single_estimate_reason=contract.single_estimate_reason,
        dearer_reason=contract.dearer_reason,
        subsidy_missing=tuple(_subsidy_missing(contract)),
        small_ceiling=terms.small_ceiling_on(contract.signed_on),
        small_nearby=_small_nearby(contract),
        findings=tuple(contractor.findings()),
        activities=tuple(planned[a.activity_uid] for a in chosen if a.activity_uid in planned),
        missing=tuple(a.name for a in chosen if a.activity_uid not in planned),
        first_eligible_on=first_eligible_day(programme, contract.award.grantee_id),
        year=(year.start, last_day_of(contract.award)),
    )


def _subsidy_missing(contract: Contract) -> Iterable[str]:
    """Of a draft alone: a subsidy decided before this was asked for is not held against it."""
    if not contract.is_draft or not contract.is_subsidy:
        return
    said = {
        "交付要綱の名称": contract.rules_name,
        "交付要綱の日付": contract.rules_on,
        "交付申請の日": contract.applied_on,
        "交付決定の番号": contract.number,
        "補助率又は定額の別": contract.subsidy_basis,
    }
    yield from (name for name, value in said.items() if not value)


def _flat(names: Iterable[list[str]]) -> Iterable[str]:
    return (name for several in names for name in several)


def _small_nearby(contract: Contract) -> tuple[int, ...]:
    near = Contract.objects.concluded().small_around(contract.signed_on, timedelta(days=30))
    others = near.filter(contractor_id=contract.contractor_id).exclude(pk=contract.pk)
    return tuple(others.order_by("signed_on", "pk").values_list("amount", flat=True))


def _allocated(contract: Contract) -> tuple[AllocatedLine, ...]:
    planned = {line.uid: line for line in lines_for(contract)}
    return tuple(
        AllocatedLine(
            line.item,
            line.amount,
            planned[line.line_uid].left if line.line_uid in planned else None,
        )
        for line in contract.lines.all()
    )


def judgements(contract: Contract, entrusted_on: date | None = None) -> list[Judgement]:
    others = ONLY_OF_CONTRACTS if contract.is_subsidy else ONLY_OF_SUBSIDIES
    found = judge(Subject.CONTRACT, read_subject(contract, entrusted_on))
    return [one for one in found if one.requirement.id not in others]
