"""The papers of a 中止・廃止: everything comes from sealed values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from grants.awards.api import Decision, appeal_due, name_of, report_due
from grants.carryovers.api import Carried
from grants.filings.api import SealedVersion, kind_of, present
from grants.kinds.application.documents import common
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind


def statement(document: Document) -> Mapping[str, Any]:
    """Any filing of one page about an award: its fields in the order of the form."""
    sealed = SealedVersion.objects.select_related("filing__grantee").get(pk=document.subject_id)
    issued = sealed.issued_on or timezone.localdate(sealed.sealed_at)
    [section] = present(sealed.content["sections"])
    return {
        **_of(sealed),
        "form_name": f"{kind_of(sealed.filing.kind).label}書",
        "issued": document_date(issued),
        "fields": [cell for cell in section.fields if cell.value],
        "tables": section.tables,
        "amount_rows": sealed.content["amount_rows"],
    }


def notice(document: Document) -> Mapping[str, Any]:
    decision = Decision.objects.select_related(
        "filing__grantee", "filing__programme", "sealed"
    ).get(pk=document.subject_id)
    terms = decision.filing.programme.terms(decision.decided_on)
    arrived = timezone.localdate(decision.arrived_at)
    carried = Carried.objects.filter(
        award__programme_id=decision.filing.programme_id,
        award__grantee_id=decision.filing.grantee_id,
    ).at(decision.created_at)
    given = _of(decision.sealed)
    return {
        **given,
        "decision": decision,
        "notice_name": name_of(decision),
        "issued": document_date(decision.issued_on),
        "report_until": document_date(report_due(decision.issued_on, terms, carried).day),
        "appeal_days": terms.appeal_days,
        "appeal_until": document_date(appeal_due(arrived, terms).day),
    }


def _of(sealed: SealedVersion) -> dict[str, Any]:
    content = sealed.content
    given = common(sealed)
    return {
        **given,
        "values": {field["key"]: field["value"] for field in content["sections"][0]["fields"]},
        "applied": document_date(given["submitted"]),
        "applied_number": sealed.document_number,
        "founded_on": document_date(date.fromisoformat(content["decision"]["issued_on"])),
    }


def register_documents() -> None:
    register_kind(DocumentKind("discontinuance", "pdf/discontinuance.html", "2", statement))
    register_kind(DocumentKind("notice_of_stop", "pdf/notice_of_stop.html", "1", notice))
    register_kind(
        DocumentKind("notice_of_stop_refusal", "pdf/notice_of_stop_refusal.html", "1", notice)
    )
