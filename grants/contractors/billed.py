"""An invoice put before the rules."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from portal.documents.api import Document

from .measuring import Count, WorkDone, count, measures_of, work_between
from .models import FundingDeclaration, Invoice, InvoiceLine
from .rules import BilledLine, PaymentSubject, counted_before
from .states import AcceptanceKind, AcceptanceResult, FundingKind, InvoiceKind, InvoiceState

RECEIPTS = "invoice:evidence"
_AGAINST_INSPECTION = (InvoiceKind.PART, InvoiceKind.FINAL)
_COUNTED = (InvoiceState.BILLED, InvoiceState.PAYABLE, InvoiceState.PAID)


def receipts_of(invoice: Invoice) -> QuerySet[Document]:
    found: QuerySet[Document] = Document.objects.of_subject(invoice).filter(kind=RECEIPTS)
    return found


def billed_lines(invoice: Invoice) -> list[BilledLine]:
    """Each line with what the contract's other invoices ask for on it."""
    lines = {line.pk: line for line in invoice.contract.lines.all().with_money()}
    counted = invoice.state in _COUNTED
    sign = -1 if invoice.kind == InvoiceKind.RETURN else 1
    coming_back = dict(
        InvoiceLine.objects.filter(
            contract_line__in=list(lines),
            invoice__kind=InvoiceKind.RETURN,
            invoice__state__in=(InvoiceState.BILLED, InvoiceState.PAYABLE),
        )
        .exclude(invoice=invoice)
        .order_by("contract_line")
        .values_list("contract_line")
        .annotate(total=Sum("amount"))
    )
    found = []
    for claim in invoice.lines.all():
        line = lines[claim.contract_line_id]
        total = line.billed + line.payable + line.paid
        own = sign * claim.amount if counted else 0
        kept = line.paid - coming_back.get(line.pk, 0)
        found.append(BilledLine(line.item, line.amount, total - own, claim.amount, kept))
    return found


def work_of(invoice: Invoice) -> list[WorkDone]:
    """What the months say that it covers."""
    first, last = invoice.covers_from, invoice.covers_until
    return work_between(invoice.contract, first, last) if first and last else []


def claimed_lines(invoice: Invoice, work: list[WorkDone]) -> list[tuple[InvoiceLine, Count]]:
    """Each line of it beside what the months say of its quantity."""
    measures = {one.key: one for one in measures_of(invoice.contract)} if work else {}
    return [
        (claim, count(measures.get(claim.contract_line.measure), work, claim.quantity))
        for claim in invoice.lines.select_related("contract_line")
    ]


def payment_subject(invoice: Invoice) -> PaymentSubject:
    contract = invoice.contract
    passed = contract.acceptances.standing().filter(result=AcceptanceResult.PASSED)
    others = list(contract.invoices.decided().exclude(pk=invoice.pk))
    standing = FundingDeclaration.objects.filter(contract=contract).standing()
    national = [
        item.name
        for declaration in standing.prefetch_related("items")
        for item in declaration.items.all()
        if item.kind == FundingKind.NATIONAL
    ]
    return PaymentSubject(
        kind=invoice.kind,
        amount=invoice.amount,
        accepted=passed.aggregate(total=Sum("amount"))["total"] or 0,
        decided=counted_before(
            invoice.kind,
            is_subsidy=contract.is_subsidy,
            parts=sum(one.amount for one in others if one.kind in _AGAINST_INSPECTION),
            net=_decided_net(others),
        ),
        is_completed=passed.filter(kind=AcceptanceKind.COMPLETION).exists(),
        declared=FundingDeclaration.objects.filter(contract=contract).stages(),
        national=tuple(dict.fromkeys(national)),
        is_subsidy=contract.is_subsidy,
    )


def _decided_net(invoices: Iterable[Invoice]) -> int:
    """Yen that leave the prefecture, whatever they are called, less what comes back."""
    signed = (
        -invoice.amount if invoice.kind == InvoiceKind.RETURN else invoice.amount
        for invoice in invoices
    )
    return sum(signed)
