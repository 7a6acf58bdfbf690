"""The papers of a change: what the templates are given. Everything comes from sealed values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from grants.awards.api import Decision, appeal_due, name_of
from grants.filings.api import SealedVersion, compare
from grants.kinds.application.documents import common
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind

from .deciding import plan_of
from .kind import SECTION


def change(document: Document) -> Mapping[str, Any]:
    sealed = SealedVersion.objects.select_related("filing__grantee").get(pk=document.subject_id)
    issued = sealed.issued_on or timezone.localdate(sealed.sealed_at)
    return {
        **_of(sealed),
        "form_name": "変更承認申請書",
        "issued": document_date(issued),
        "comparison": compare(
            plan_of(sealed.content["before"]["sections"]), plan_of(sealed.content["sections"])
        ),
        "table_rows": [
            (row, sealed.content["before"]["amounts"].get(row["column"].lower()))
            for row in sealed.content["amount_rows"]
            if row["column"] not in ("H", "I", "J")
        ],
    }


def notice(document: Document) -> Mapping[str, Any]:
    decision = Decision.objects.select_related(
        "filing__grantee", "filing__programme", "sealed"
    ).get(pk=document.subject_id)
    content = decision.sealed.content
    arrived = timezone.localdate(decision.arrived_at)
    terms = decision.filing.programme.terms(decision.decided_on)
    return {
        **_of(decision.sealed),
        "decision": decision,
        "notice_name": name_of(decision),
        "issued": document_date(decision.issued_on),
        "difference": decision.amount - content["decision"]["amount"],
        "is_same": decision.amount == content["decision"]["amount"],
        "appeal_days": terms.appeal_days,
        "appeal_until": document_date(appeal_due(arrived, terms).day),
    }


def _of(sealed: SealedVersion) -> dict[str, Any]:
    content = sealed.content
    given = common(sealed)
    basics = next(one for one in content["sections"] if one["key"] == "basics")
    request = next(one for one in content["sections"] if one["key"] == SECTION)
    return {
        **given,
        "applicant": {field["key"]: field["value"] for field in basics["fields"]},
        "asked_for": {field["key"]: field["value"] for field in request["fields"]},
        "applied": document_date(given["submitted"]),
        "applied_number": sealed.document_number,
        "founded_on": document_date(date.fromisoformat(content["decision"]["issued_on"])),
    }


def register_documents() -> None:
    register_kind(DocumentKind("change", "pdf/change.html", "2", change))
    register_kind(DocumentKind("notice_of_change", "pdf/notice_of_change.html", "1", notice))
    register_kind(
        DocumentKind("notice_of_change_refusal", "pdf/notice_of_change_refusal.html", "1", notice)
    )
