"""The expenses of a visit that the portal knows. A fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from grants.contractors.api import Invoice, InvoiceLine
from grants.filings.api import Filing, latest_version
from grants.plans.api import Delivery
from grants.settlements.api import examined_lines
from inspections.visits.api import Visit

from .rules import Line


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a population, with the words by which a person finds its papers."""

    key: str
    words: str
    amount: int

    @property
    def line(self) -> Line:
        return Line(self.key, self.amount)


def population_of(visit: Visit) -> list[Entry]:
    """What the body spent by itself, line by line of its report, and what was invoiced under its
    contracts; of one contract alone where the visit is of it. No yen is in both."""
    direct = [] if visit.contract_id else _direct(visit)
    invoiced = InvoiceLine.objects.filter(invoice__in=Invoice.objects.asked_for())
    invoiced = invoiced.filter(invoice__contract__award_id=visit.award_id)
    if visit.contract_id:
        invoiced = invoiced.filter(invoice__contract_id=visit.contract_id)
    rows = invoiced.select_related("contract_line", "invoice__contract__contractor")
    return [
        *direct,
        *(
            Entry(
                f"請求-{row.pk}",
                f"{row.invoice.contract.contractor.name}　{row.contract_line.item}　"
                f"{row.invoice.billed_on:%Y-%m-%d}請求",
                row.amount,
            )
            for row in rows.order_by("pk")
        ),
    ]


def _direct(visit: Visit) -> list[Entry]:
    filing = Filing.objects.filter(performance__award_id=visit.award_id).first()
    sealed = latest_version(filing) if filing is not None else None
    if filing is None or sealed is None:
        return []
    return [
        Entry(f"明細-{line.uid}", f"{line.place}　{line.cells['item']}", line.total)
        for line in examined_lines(filing, sealed)
        if line.cells["delivery"] == Delivery.DIRECT.label and line.total
    ]
