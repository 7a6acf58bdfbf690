"""交付申請取下書 (適正化法9条1項): sealed as the body wrote it, with a PDF for both sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from grants.filings.api import canonical, digest
from portal.accounts.api import Organisation
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind, request_document

from .documents import frame
from .models import Decision, WithdrawalStatement

_KIND = "withdrawal"


def state_withdrawal(*, decision: Decision, reason: str, number: str) -> WithdrawalStatement:
    """Call it in the transaction that undoes the decision. `number` is the body's own, or empty."""
    filing = decision.filing
    text = _text(decision, reason, number)
    made = WithdrawalStatement.objects.create(decision=decision, payload=text, sha256=digest(text))
    office = Organisation.objects.cabinet_office().first()
    request_document(
        kind=_KIND,
        title=f"交付申請取下書（受付番号{filing.receipt_number}）",
        subject=made,
        payload_hash=made.sha256,
        issuer=filing.grantee,
        readers=[filing.grantee, *([office] if office else [])],
        case_id=filing.case_id,
        is_filed=True,
    )
    return made


def _text(decision: Decision, reason: str, number: str) -> str:
    filing = decision.filing
    terms = filing.programme.terms()
    names = ("year_label", "official_name", "project_name", "addressee")
    return canonical(
        {
            "form": "withdrawal/1",
            "form_number": terms.form_numbers[_KIND],
            "terms": {name: getattr(terms, name) for name in names},
            "grantee": filing.grantee.name,
            "document_number": number,
            "issued_on": timezone.localdate().isoformat(),
            "receipt_number": filing.receipt_number,
            "version": decision.sealed.number,
            "decision": {
                "number": decision.document_number,
                "issued_on": decision.issued_on.isoformat(),
                "arrived_on": timezone.localdate(decision.arrived_at).isoformat(),
                "amount": int(decision.amount),
            },
            "reason": reason,
        }
    )


def _withdrawal(document: Document) -> Mapping[str, Any]:
    made = WithdrawalStatement.objects.select_related("decision__filing__grantee").get(
        pk=document.subject_id
    )
    given = frame(made)
    decision = given["content"]["decision"]
    return {
        **given,
        "decided": document_date(date.fromisoformat(decision["issued_on"])),
        "arrived": document_date(date.fromisoformat(decision["arrived_on"])),
    }


def register_documents() -> None:
    register_kind(DocumentKind(_KIND, "pdf/withdrawal.html", "1", _withdrawal))
