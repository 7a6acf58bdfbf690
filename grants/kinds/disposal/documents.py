"""The papers of a 財産処分: everything comes from sealed values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from grants.awards.api import Decision, appeal_due, name_of
from grants.kinds.application.documents import common
from grants.kinds.discontinuance.documents import statement
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind


def notice(document: Document) -> Mapping[str, Any]:
    decision = Decision.objects.select_related(
        "filing__grantee", "filing__programme", "sealed"
    ).get(pk=document.subject_id)
    terms = decision.filing.programme.terms(decision.decided_on)
    arrived = timezone.localdate(decision.arrived_at)
    given = common(decision.sealed)
    return {
        **given,
        "decision": decision,
        "notice_name": name_of(decision),
        "issued": document_date(decision.issued_on),
        "applied": document_date(given["submitted"]),
        "applied_number": decision.sealed.document_number,
        "report_months": terms.disposal_report_months,
        "appeal_days": terms.appeal_days,
        "appeal_until": document_date(appeal_due(arrived, terms).day),
    }


def register_documents() -> None:
    register_kind(DocumentKind("disposal", "pdf/disposal.html", "2", statement))
    register_kind(DocumentKind("notice_of_disposal", "pdf/notice_of_disposal.html", "1", notice))
    register_kind(
        DocumentKind(
            "notice_of_disposal_refusal", "pdf/notice_of_disposal_refusal.html", "1", notice
        )
    )
