"""Making a contract's papers from what was entered, and the templates' values of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from grants.filings.api import canonical, digest
from portal.core.actor import Actor
from portal.core.dates import document_date, era_year
from portal.documents.api import Document, DocumentKind, register_kind, request_document

from .laying_out import layout_for
from .layouts import layout_from, paper_called
from .measuring import WorkDone, as_content
from .models import Acceptance, Contract, ContractPaper, Invoice
from .printing import printed, register_papers
from .states import OF_PREFECTURE, IncidentKind, PaperKind


def make_paper(
    *, actor: Actor, contract: Contract, kind: str, said: Mapping[str, Any]
) -> ContractPaper:
    """Seals what is to be printed and asks for the PDF, inside the caller's transaction.

    The contract's row must be locked, so that two papers do not get one number.
    """
    last = contract.papers.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    payload = canonical(_frame(contract) | {"made_on": _today()} | _laid_out(contract, kind, said))
    paper = ContractPaper.objects.create(
        contract=contract,
        kind=kind,
        number=last + 1,
        payload=payload,
        sha256=digest(payload),
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )
    body = contract.contractor
    # The contractor's people read it through the contract: others of the body are not on it.
    request_document(
        kind=f"contract_{kind}",
        title=f"{paper}　{contract.title}",
        subject=paper,
        payload_hash=paper.sha256,
        issuer=body.grantee if kind in OF_PREFECTURE else body.organisation,
        readers=[body.grantee],
    )
    return paper


def _laid_out(contract: Contract, kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """With the layout that holds now, where a prefecture may state one."""
    if paper_called(kind) is None:
        return dict(said)
    return dict(said) | {"layout": layout_for(contract, kind).as_content()}


def document_of(paper: ContractPaper) -> Document | None:
    found: Document | None = Document.objects.of_subject(paper).first()
    return found


def _today() -> str:
    return timezone.localdate().isoformat()


def _frame(contract: Contract) -> dict[str, Any]:
    """The same on every paper of the contract; names as they are on this day."""
    contractor = contract.contractor
    return {
        "grantee": contractor.grantee.name,
        "year_label": contract.award.programme.year_label,
        "contractor": contractor.name,
        "address": contractor.address,
        "representative": contractor.representative,
        "corporate_number": contractor.organisation.corporate_number or "",
        "registered_number": contractor.registered_number,
        "contract": contract.title,
        "contract_number": contract.number,
        "contract_amount": contract.amount,
        "signed_on": contract.signed_on.isoformat(),
        "starts_on": contract.starts_on.isoformat(),
        "ends_on": contract.last_day.isoformat(),
        "is_subsidy": contract.is_subsidy,
    }


def invoice_content(invoice: Invoice) -> dict[str, Any]:
    lines = invoice.lines.select_related("contract_line")
    return {
        "invoice_kind": invoice.get_kind_display(),
        "invoice_number": invoice.number,
        "billed_on": invoice.billed_on.isoformat(),
        "amount": invoice.amount,
        "tax_amount": invoice.tax_amount,
        "is_taxable": invoice.contract.tax_status == "taxable",
        "note": invoice.note,
        "covers": covered(invoice),
        "lines": [
            {
                "item": claim.contract_line.item,
                "quantity": str(claim.quantity.normalize()) if claim.quantity is not None else "",
                "unit": claim.contract_line.unit,
                "unit_price": claim.contract_line.unit_price,
                "amount": claim.amount,
            }
            for claim in lines
        ],
    }


def covered(invoice: Invoice) -> str:
    """令和6年4月から令和6年6月まで; empty where the months were not said."""
    first, last = invoice.covers_from, invoice.covers_until
    if first is None or last is None:
        return ""
    begin = f"{era_year(first)}{first.month}月"
    return begin if first == last else f"{begin}から{era_year(last)}{last.month}月まで"


def inspection_content(found: Acceptance) -> dict[str, Any]:
    return {
        "acceptance_kind": found.get_kind_display(),
        "result": found.get_result_display(),
        "inspected_on": found.inspected_on.isoformat(),
        "inspector": found.inspector,
        "attended_by": found.attended_by,
        "amount": found.amount,
        "findings": found.findings,
        "reported_on": found.reported_on.isoformat() if found.reported_on else "",
        "rules_name": found.contract.rules_name,
    }


def completion_content(values: Mapping[str, Any], work: Iterable[WorkDone]) -> dict[str, Any]:
    return {
        "work": as_content(work),
        "completed_on": values["completed_on"].isoformat(),
        "summary": values["summary"],
        "deliverables": values["deliverables"],
    }


def incident_content(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "incident_kind": IncidentKind(values["kind"]).label,
        "happened_on": values["happened_on"].isoformat(),
        "place": values["where"],
        "people": values["people"],
        "course": values["course"],
        "measures": values["measures"],
        "prevention": values["prevention"],
    }


def _context(document: Document) -> Mapping[str, Any]:
    paper = ContractPaper.objects.select_related("contract__contractor__grantee").get(
        pk=document.subject_id
    )
    content = paper.content
    address = settings.SITE_URL + reverse("documents:verify_seal", args=[paper.sha256])
    known = paper_called(paper.kind)
    days = {
        name: document_date(date.fromisoformat(value))
        for name, value in content.items()
        if name.endswith("_on") and value
    }
    return {
        "paper": paper,
        "sealed": paper,
        "filing": paper.contract.contractor,
        "content": content,
        "days": days,
        "qr": segno.make(address, error="m").svg_data_uri(scale=3, border=0),
        **(printed(known, content, layout_from(content)) if known else {}),
        "seal_groups": [paper.sha256[n : n + 16] for n in range(0, 64, 16)],
    }


def register_documents() -> None:
    register_papers()
    for kind in PaperKind.values:
        known = paper_called(kind)
        template, version = (known.template, "2") if known else (f"pdf/contract_{kind}.html", "1")
        register_kind(DocumentKind(f"contract_{kind}", template, version, _context))
