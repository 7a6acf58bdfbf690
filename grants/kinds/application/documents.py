"""The papers of an application: what the templates are given. Everything comes from sealed values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from grants.approvals.api import DraftCopy
from grants.awards.api import Decision, NoticeDraft, appeal_due
from grants.filings.api import SealedVersion, ShownSection, present
from portal.core.dates import Period, document_date
from portal.core.text import house_digits
from portal.documents.api import Document, DocumentKind, register_kind

from .notices import as_decision

# What a draft leaves to be written by hand.
_UNDATED = "　　　年　　月　　日"


def application(document: Document) -> Mapping[str, Any]:
    sealed = SealedVersion.objects.select_related("filing__grantee").get(pk=document.subject_id)
    issued = sealed.issued_on or timezone.localdate(sealed.sealed_at)
    return {
        **common(sealed),
        **_forms(sealed.content),
        "issued": document_date(issued),
        "document_number": sealed.document_number,
        "is_draft": False,
    }


def application_draft(document: Document) -> Mapping[str, Any]:
    """The same set of forms before it is filed, for a 起案 on paper: marked 下書き, without a seal."""
    copy = DraftCopy.objects.select_related("filing__grantee").get(pk=document.subject_id)
    as_sealed = SimpleNamespace(sha256=copy.sha256, filing=copy.filing, content=copy.payload)
    return {
        **common(as_sealed),
        **_forms(copy.payload),
        "issued": _UNDATED,
        "document_number": "",
        "is_draft": True,
    }


def _forms(content: dict[str, Any]) -> dict[str, Any]:
    """What the set of forms prints, from what is sealed or would be."""
    sections = present(content["sections"])
    basics = {f["key"]: f["value"] for f in content["sections"][0]["fields"]}
    return {
        "form_name": "交付申請書",
        "basics": basics,
        "starts_on": _document_day(basics["starts_on"]),
        "completes_on": _document_day(basics["completes_on"]),
        "line_groups": [_line_group(section) for section in sections if section.amount is not None],
        "submitted_at": _moment(content["submitted_at"]),
        "sections": sections,
        "plan_sections": [s for s in sections if s.key not in ("basics", "incomes")],
        "budget_sections": [s for s in sections if s.amount is not None],
        "incomes": next(s for s in sections if s.key == "incomes"),
        "amounts": content["amounts"],
        "amount_rows": content["amount_rows"],
        "judgements": content["judgements"],
        "attachments": content["attachments"],
    }


def _document_day(text: str | None) -> str:
    return document_date(date.fromisoformat(text)) if text else _UNDATED


def notice_of_decision(document: Document) -> Mapping[str, Any]:
    decision = Decision.objects.select_related("filing__grantee", "sealed").get(
        pk=document.subject_id
    )
    return {**_notice(decision), "is_draft": False}


def draft_of_notice(document: Document) -> Mapping[str, Any]:
    """The same paper before there is a decision; its seal is that of the draft."""
    draft = NoticeDraft.objects.select_related("filing__grantee", "sealed").get(
        pk=document.subject_id
    )
    return {**_notice(as_decision(draft)), "is_draft": True}


def _notice(decision: Any) -> dict[str, Any]:
    sealed = decision.sealed
    terms = decision.filing.programme.terms(decision.decided_on)
    arrived = timezone.localdate(decision.arrived_at)
    last_day = Period(days=terms.withdraw_days).last_day(arrived)
    content = sealed.content
    return {
        **common(sealed),
        "form_number": terms.form_numbers["notice_of_decision"],
        "decision": decision,
        "issued": document_date(decision.issued_on),
        "applied": document_date(_day(content["submitted_at"])),
        "applied_number": sealed.document_number,
        "withdraw_until": document_date(last_day),
        "appeal_days": terms.appeal_days,
        "appeal_until": document_date(appeal_due(arrived, terms).day),
        "applicant": {f["key"]: f["value"] for f in content["sections"][0]["fields"]},
        "amounts": content["amounts"],
        "is_modified": decision.amount != decision.ceiling,
        "decided_total": int(content["amounts"]["h"]) + decision.amount,
    }


def common(sealed: Any) -> dict[str, Any]:
    """Header, footer and the box by which a paper can be checked, of a SealedVersion or the like."""
    content = sealed.content
    address = settings.SITE_URL + reverse("documents:verify_seal", args=[sealed.sha256])
    return {
        "sealed": sealed,
        "filing": sealed.filing,
        "content": content,
        "terms": content["terms"],
        "form_number": content.get("form_number", ""),
        "year_label": house_digits(content["terms"]["year_label"]),
        "verify_url": address,
        "qr": segno.make(address, error="m").svg_data_uri(scale=3, border=0),
        "submitted": _day(content["submitted_at"]),
        "seal_groups": [sealed.sha256[n : n + 16] for n in range(0, 64, 16)],
    }


def _line_group(section: ShownSection) -> dict[str, Any]:
    """The budget lines of one part under its name, each as a mapping of shown values."""
    table = next(t for t in section.tables if t.key == "lines")
    keys = [column["key"] for column in table.columns]
    delivery = f"（{section.delivery}）" if section.delivery else ""
    return {
        "name": section.name + delivery,
        "total": table.total,
        "lines": [
            dict(zip(keys, (cell.value for cell in row.cells), strict=True)) for row in table.rows
        ],
    }


def _moment(text: str) -> str:
    local = timezone.localtime(datetime.fromisoformat(text))
    return house_digits(f"{document_date(local.date())}{local.hour}時{local.minute}分")


def _day(moment: str) -> Any:
    return timezone.localdate(datetime.fromisoformat(moment))


def register_documents() -> None:
    register_kind(DocumentKind("application", "pdf/application.html", "3", application))
    register_kind(DocumentKind("application_draft", "pdf/application.html", "3", application_draft))
    register_kind(
        DocumentKind("notice_of_decision", "pdf/notice_of_decision.html", "3", notice_of_decision)
    )
    register_kind(
        DocumentKind("notice_of_refusal", "pdf/notice_of_refusal.html", "2", notice_of_decision)
    )
    register_kind(
        DocumentKind("draft_of_decide", "pdf/notice_of_decision.html", "3", draft_of_notice)
    )
    register_kind(
        DocumentKind("draft_of_decline", "pdf/notice_of_refusal.html", "2", draft_of_notice)
    )
