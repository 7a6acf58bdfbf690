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

from grants.contractors.api import (
    Layout,
    Paper,
    Part,
    blocks_of,
    layout_for,
    layout_from,
    register_paper,
)
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


MONTH = "month"


def _content(report: PeriodReport, actor: Actor) -> dict[str, Any]:
    contract = report.contract
    table = record_table(report, report.records.order_by("held_on", "venue", "id"))
    return {
        "layout": layout_for(contract, MONTH).as_content(),
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
        **_printed(content, layout_from(content), version.reason),
        "submitted": document_date(timezone.localdate(version.submitted_at)),
        "qr": segno.make(address, error="m").svg_data_uri(scale=3, border=0),
        "seal_groups": [version.sha256[n : n + 16] for n in range(0, 64, 16)],
    }


def _printed(content: Mapping[str, Any], layout: Layout, reason: str) -> dict[str, Any]:
    """What `pdf/month_report.html` prints of a content in a layout."""
    number = f"（{content['contract_number']}）" if content["contract_number"] else ""
    texts = {
        "contract": f"{content['contract']}{number}",
        "activity": f"{content['activity']}　{content['activity_name']}",
        "submitted_by": content["submitted_by"],
        "reason": reason,
        "remarks": content["remarks"],
    }
    return {
        "content": content,
        "layout": layout,
        "title": layout.title or PAPER.title,
        "addressee": layout.addressee or f"{content['grantee']}知事　殿",
        "blocks": blocks_of(PAPER, layout, texts, {}),
        "rows": [row | {"day": _short_day(row["day"])} for row in content["rows"][:_PRINTED_ROWS]],
        "left_out": max(0, len(content["rows"]) - _PRINTED_ROWS),
    }


def _example(layout: Layout) -> Mapping[str, Any]:
    return _printed(_EXAMPLE, layout, "") | {
        "submitted": document_date(date.fromisoformat(_EXAMPLE["submitted_on"]))
    }


_EXAMPLE: dict[str, Any] = {
    "grantee": "見本県",
    "contractor": "特定非営利活動法人見本",
    "representative": "見本 花子",
    "contract": "居場所の運営",
    "contract_number": "見-1",
    "period": "令和8年8月分",
    "activity": "⑦ 相談・居場所・交流",
    "activity_name": "居場所の運営",
    "nothing_held": False,
    "remarks": "夏休みの間、参加者が増えた。",
    "submitted_on": "2026-09-08",
    "submitted_by": "見本 太郎",
    "figures": [["回数", "2回"], ["参加者（延）", "30人"]],
    "trend": {
        "labels": ["参加者（延）"],
        "rows": [["7月分", [["24人", 80]]], ["8月分", [["30人", 100]]]],
    },
    "columns": ["回数（回）", "参加者（延）（人）"],
    "rows": [
        {
            "name": "見本の縁側",
            "about": "",
            "day": f"2026-08-{day}",
            "cells": ["1", "15"],
            "note": "",
        }
        for day in ("05", "19")
    ],
}

PAPER = Paper(
    MONTH,
    "月報",
    "実績報告書（月報）",
    True,
    (
        Part("contract", "契約", needed=True),
        Part("activity", "取組", needed=True),
        Part("submitted_by", "提出した責任者"),
        Part("reason", "改めた理由", needed=True),
        Part("remarks", "概況"),
        Part("figures", "合計", is_table=True, needed=True),
        Part("trend", "これまでの推移", is_table=True),
        Part("records", "明細", is_table=True, needed=True),
    ),
    "pdf/month_report.html",
    _example,
)


def _short_day(text: str) -> str:
    """10月5日; the year is that of the period."""
    if not text:
        return ""
    day = date.fromisoformat(text)
    return f"{day.month}月{day.day}日"


def register_documents() -> None:
    register_paper(PAPER)
    register_kind(DocumentKind("month_report", PAPER.template, "3", month_report))
