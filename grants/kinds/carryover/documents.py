"""The papers of a 繰越し: everything comes from sealed values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from grants.awards.api import Decision, appeal_due, name_of, report_due, unfinished_report_due
from grants.kinds.application.documents import common
from grants.kinds.discontinuance.documents import statement
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind


def notice(document: Document) -> Mapping[str, Any]:
    decision = Decision.objects.select_related(
        "filing__grantee", "filing__programme", "sealed", "carried"
    ).get(pk=document.subject_id)
    terms = decision.filing.programme.terms(decision.decided_on)
    arrived = timezone.localdate(decision.arrived_at)
    given = common(decision.sealed)
    shown = {
        **given,
        "decision": decision,
        "notice_name": name_of(decision),
        "issued": document_date(decision.issued_on),
        "applied": document_date(given["submitted"]),
        "applied_number": decision.sealed.document_number,
        "appeal_days": terms.appeal_days,
        "appeal_until": document_date(appeal_due(arrived, terms).day),
    }
    carried = getattr(decision, "carried", None)
    if carried is not None:
        shown |= {
            "carried": carried,
            "lines": carried.lines.order_by("id"),
            "last_day": document_date(carried.last_day),
            "report_months": terms.report_months,
            "report_until": document_date(report_due(None, terms, carried.step).day),
            "unfinished_until": document_date(unfinished_report_due(terms, carried.step - 1).day),
        }
    return shown


def register_documents() -> None:
    register_kind(DocumentKind("carryover", "pdf/carryover.html", "2", statement))
    register_kind(DocumentKind("notice_of_carryover", "pdf/notice_of_carryover.html", "1", notice))
    register_kind(
        DocumentKind(
            "notice_of_carryover_refusal", "pdf/notice_of_carryover_refusal.html", "1", notice
        )
    )
