"""What stands beside each line of a filed report: its contracts, invoices and payments, its files.

Only what the actor may see, in a fixed number of queries, however many lines there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from grants.awards.api import Award
from grants.contractors.api import (
    CONTRACT_EVIDENCE,
    INVOICE_EVIDENCE,
    Contract,
    ContractLine,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceState,
)
from grants.records.api import MONTH_EVIDENCE, PeriodReport, ReportState
from portal.core.actor import Actor
from portal.documents.api import Document

from .models import LineEvidence, PerformanceReport


@dataclass(frozen=True, slots=True)
class Paper:
    """A file and the address at which this actor opens it; `source` says where it was attached."""

    title: str
    url: str
    source: str


@dataclass(slots=True)
class Part:
    """One contract's share of the line; yen."""

    line: ContractLine
    claims: list[InvoiceLine] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    months: int = 0
    confirmed: int = 0

    @property
    def paid(self) -> int:
        """What left the prefecture on this line, less what came back (戻入)."""
        return sum(
            -claim.amount if claim.invoice.kind == InvoiceKind.RETURN else claim.amount
            for claim in self.claims
            if claim.invoice.state == InvoiceState.PAID
        )


@dataclass(slots=True)
class Beside:
    """Of one line: the parts that contracts have in it, and what its writer attached for it."""

    parts: list[Part] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.parts and not self.papers

    @property
    def paid(self) -> int:
        return sum(part.paid for part in self.parts)

    @property
    def claims(self) -> int:
        return sum(len(part.claims) for part in self.parts)

    @property
    def all_papers(self) -> list[Paper]:
        """Each once, its own first."""
        found = [*self.papers, *(paper for part in self.parts for paper in part.papers)]
        return list(dict.fromkeys(found))


def beside_lines(report: PerformanceReport, actor: Actor) -> dict[UUID, Beside]:
    """By the uid of the line; one that has nothing is absent. Five queries."""
    found: dict[UUID, Beside] = defaultdict(Beside)
    parts = _parts(report.award, actor)
    _claims(parts, actor)
    _papers(parts, _months(parts, actor), actor)
    for part in parts.values():
        found[part.line.line_uid].parts.append(part)
    for uid, paper in _attached(report, actor):
        found[uid].papers.append(paper)
    return dict(found)


def _parts(award: Award, actor: Actor) -> dict[int, Part]:
    seen = Contract.objects.for_user(actor).filter(pk=OuterRef("contract_id"))
    lines = (
        ContractLine.objects.of_year(award.grantee_id, award.programme.fiscal_year)
        .filter(Exists(seen))
        .select_related("contract__contractor")
        .order_by("contract__signed_on", "pk")
    )
    return {line.pk: Part(line) for line in lines}


def _claims(parts: dict[int, Part], actor: Actor) -> None:
    asked = Invoice.objects.for_user(actor).asked_for().filter(pk=OuterRef("invoice_id"))
    claims = (
        InvoiceLine.objects.filter(Exists(asked), contract_line__in=list(parts))
        .select_related("invoice__contract")
        .order_by("invoice__billed_on", "pk")
    )
    for claim in claims:
        parts[claim.contract_line_id].claims.append(claim)


def _months(parts: dict[int, Part], actor: Actor) -> dict[str, list[Part]]:
    """Counts them beside each part; gives those that were submitted, by id, with their parts."""
    by_work: dict[tuple[Any, Any], list[Part]] = defaultdict(list)
    for part in parts.values():
        by_work[part.line.contract_id, part.line.activity_uid].append(part)
    months = PeriodReport.objects.for_user(actor).filter(
        contract__in={contract for contract, _ in by_work}
    )
    found: dict[str, list[Part]] = {}
    rows = months.values_list("pk", "contract_id", "activity_uid", "state")
    for pk, contract, activity, state in rows:
        theirs = by_work.get((contract, activity), [])
        for part in theirs:
            part.months += 1
            part.confirmed += state == ReportState.CONFIRMED
        if state != ReportState.OPEN:
            found[str(pk)] = theirs
    return found


def _papers(parts: dict[int, Part], months: dict[str, list[Part]], actor: Actor) -> None:
    """Files of contracts, of invoices and of months, each read as its owner is."""
    contracts: dict[str, list[Part]] = defaultdict(list)
    invoices: dict[str, list[Part]] = defaultdict(list)
    for part in parts.values():
        contracts[str(part.line.contract_id)].append(part)
        for claim in part.claims:
            invoices[str(claim.invoice_id)].append(part)
    owners = {CONTRACT_EVIDENCE: contracts, INVOICE_EVIDENCE: invoices, MONTH_EVIDENCE: months}
    readable = Document.objects.for_user(actor).filter(pk=OuterRef("pk"))
    documents = Document.objects.filter(
        Q(Exists(readable), kind=CONTRACT_EVIDENCE, subject_id__in=list(contracts))
        | Q(kind=INVOICE_EVIDENCE, subject_id__in=list(invoices))
        | Q(kind=MONTH_EVIDENCE, subject_id__in=list(months))
    )
    for one in documents.order_by("created_at", "id"):
        paper = _paper(one)
        for part in owners[one.kind][one.subject_id]:
            part.papers.append(paper)


def _paper(document: Document) -> Paper:
    if document.kind == CONTRACT_EVIDENCE:
        return Paper(document.title, document.get_absolute_url(), "契約")
    name, source = (
        ("contractors:receipt", "請求")
        if document.kind == INVOICE_EVIDENCE
        else ("records:evidence_file", "月報")
    )
    return Paper(document.title, reverse(name, args=[document.subject_id, document.pk]), source)


def _attached(report: PerformanceReport, actor: Actor) -> Iterator[tuple[UUID, Paper]]:
    seen = Document.objects.for_user(actor).filter(pk=OuterRef("document_id"))
    rows = LineEvidence.objects.filter(Exists(seen), filing=report.filing_id)
    for one in rows.select_related("document").order_by("document__created_at", "pk"):
        yield one.line_uid, Paper(one.document.title, one.document.get_absolute_url(), "実績報告")
