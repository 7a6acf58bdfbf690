"""月報 as a paper: sealed at each submission, printed from the seal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from grants.filings.api import canonical, digest
from portal.core.actor import Actor
from portal.core.dates import document_date
from portal.documents.api import Document, DocumentKind, register_kind, request_document

from .models import PeriodReport, ReportVersion
from .presentation import month_figures, month_trend, record_table

# More rows than this are not read on paper: they are in the sealed content and in the portal.
_PRINTED_ROWS = 300


def seal_report(report: PeriodReport, actor: Actor, reason: str) -> ReportVersion:
    """The month as it is submitted now, with the reason why it is another one."""
    last = report.versions.aggregate(last=Max("number"))["last"] or 0
    payload = canonical(_content(report, actor))
    version = ReportVersion.objects.create(
        report=report,
        number=last + 1,
        payload=payload,
        sha256=digest(payload),
        reason=reason if last else "",
        submitted_by_id=actor.user_id,
        submitted_by_name=actor.name,
    )
    # The contractor's people read it through the month: others of the body are not on it.
    request_document(
        kind="month_report",
        title=f"月報　{report.month_label}（第{version.number}版）　{report.contract.title}",
        subject=version,
        payload_hash=version.sha256,
        issuer=report.contract.contractor.organisation,
        readers=[report.contract.contractor.grantee],
        is_filed=True,
    )
    return version


def _content(report: PeriodReport, actor: Actor) -> dict[str, Any]:
    contract = report.contract
    table = record_table(report, report.records.order_by("held_on", "venue", "id"))
    return {
        "grantee": contract.contractor.grantee.name,
        "contractor": contract.contractor.name,
        "representative": contract.contractor.representative,
        "contract": contract.title,
        "contract_number": contract.number,
        "period": report.month_label,
        "activity": report.activity.title,
        "activity_name": report.activity_name,
        "nothing_held": report.nothing_held,
        "remarks": report.remarks,
        "submitted_on": timezone.localdate().isoformat(),
        "submitted_by": actor.name,
        "figures": [[figure.label, figure.now] for figure in month_figures(report, None, actor)],
        "trend": _trend(report, actor),
        "columns": [
            f"{column.label}（{column.unit}）" if column.unit else column.label
            for column in table.columns
        ],
        "rows": [
            {
                "name": row.name,
                "about": row.about,
                "day": row.entry.held_on.isoformat() if row.entry.held_on else "",
                "cells": [cell.text for cell in row.cells],
                "note": row.note,
            }
            for row in table.rows
        ],
    }


def _trend(report: PeriodReport, actor: Actor) -> dict[str, Any] | None:
    found = month_trend(report, actor, submitted_only=True)
    if found is None:
        return None
    return {
        "labels": list(found.labels),
        "rows": [[month, [[p.text, p.share] for p in points]] for month, points in found.rows],
    }


def paper_of(version: ReportVersion) -> Document | None:
    found: Document | None = Document.objects.of_subject(version).first()
    return found


def month_report(document: Document) -> Mapping[str, Any]:
    version = ReportVersion.objects.select_related("report__contract__contractor__grantee").get(
        pk=document.subject_id
    )
    content = version.content
    address = settings.SITE_URL + reverse("documents:verify_seal", args=[version.sha256])
    return {
        "version": version,
        "sealed": version,
        "filing": version.report.contract.contractor,
        "content": content,
        "rows": [row | {"day": _short_day(row["day"])} for row in content["rows"][:_PRINTED_ROWS]],
        "left_out": max(0, len(content["rows"]) - _PRINTED_ROWS),
        "submitted": document_date(timezone.localdate(version.submitted_at)),
        "qr": segno.make(address, error="m").svg_data_uri(scale=3, border=0),
        "seal_groups": [version.sha256[n : n + 16] for n in range(0, 64, 16)],
    }


def _short_day(text: str) -> str:
    """10月5日; the year is that of the period."""
    if not text:
        return ""
    day = date.fromisoformat(text)
    return f"{day.month}月{day.day}日"


def register_documents() -> None:
    register_kind(DocumentKind("month_report", "pdf/month_report.html", "2", month_report))
