"""The plan as sections, fields and tables with addresses: what is sealed, read, compared, printed.

A sheet carries its own labels, so a version stays readable when the forms of a later year differ.
Address: `section//field` or `section/uid/column`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from grants.programmes.api import Terms
from platforms.api import PlatformForm

from .content import Activity, Indicator, Line, PlanContent, delivery_label
from .states import BudgetMeasure, Delivery, OtherFunding, Tax

Field = dict[str, Any]
Table = dict[str, Any]
Section = dict[str, Any]


def sheet(content: PlanContent, terms: Terms) -> list[Section]:
    """JSON-ready sections in the order of the form; amounts are integer yen, dates ISO."""
    return [
        _basics(content),
        _vision(content),
        _platform(content, terms),
        *(_activity(activity, terms) for activity in content.activities),
        _incomes(content),
    ]


def _field(key: str, label: str, value: Any, kind: str = "text") -> Field:
    if isinstance(value, date):
        return {"key": key, "label": label, "kind": "date", "value": value.isoformat()}
    return {"key": key, "label": label, "kind": kind, "value": value}


def _basics(content: PlanContent) -> Section:
    return {
        "key": "basics",
        "title": "申請者と期間",
        "mark": "",
        "clause": "適正化法施行令3条",
        "fields": [
            _field("applicant_title", "申請者の職名", content.applicant_title),
            _field("applicant_name", "申請者の氏名", content.applicant_name),
            _field("starts_on", "事業の開始日", content.starts_on),
            _field("completes_on", "事業の完了予定日", content.completes_on),
            _field("contact_department", "担当部署", content.contact_department),
            _field("contact_name", "担当者", content.contact_name),
            _field("contact_phone", "電話番号", content.contact_phone),
        ],
        "tables": [],
    }


def _vision(content: PlanContent) -> Section:
    return {
        "key": "vision",
        "title": "目指す姿",
        "mark": "",
        "clause": "要領3(2)",
        "fields": [
            _field("issues", "現状と課題", content.issues),
            _field("vision", "目指す姿", content.vision),
            _field("vision_measure", "近づいたことを確かめる方法", content.vision_measure),
        ],
        "tables": [],
    }


def _platform(content: PlanContent, terms: Terms) -> Section:
    part = content.platform
    return {
        "key": "platform",
        "title": "地方版官民連携プラットフォーム",
        "mark": "PF",
        "clause": "要領3(1)",
        "delivery": delivery_label(frozenset(x.delivery for x in part.lines if x.delivery)),
        "amount": sum(line.amount or 0 for line in part.lines),
        "fields": [
            _field("platform_name", "名称", part.name),
            _field("platform_form", "設置の形", dict(PlatformForm.choices).get(part.form, "")),
            _field("platform_existing_body", "使う会議体", part.existing_body),
            _field("platform_members", "参画団体（見込み）", part.members, "count"),
            _field("platform_private_members", "うち民間", part.private_members, "count"),
            _field("platform_content", "取り組む内容", part.content),
            _field(
                "platform_discussions", "議論の根拠", [d.label for d in part.discussions], "list"
            ),
        ],
        "tables": [_lines(part.lines, terms)],
    }


def _activity(activity: Activity, terms: Terms) -> Section:
    coming = activity.coming_meeting_on
    return {
        "key": activity.section,
        "title": activity.type.short_name,
        "mark": activity.type.mark,
        "clause": f"要領{activity.type.clause}",
        "delivery": delivery_label(activity.deliveries),
        "amount": activity.amount,
        "fields": [
            _field("name", "取組の名称", activity.name),
            _field("content", "目的と内容", activity.content),
            _field("vision_link", "目指す姿とのつながり", activity.vision_link),
            _field("contract_reason", "委託とする理由", activity.contract_reason),
            _field("discussions", "議論の根拠", [d.label for d in activity.discussions], "list"),
            _field("coming_meeting_on", "会議の開催予定日", coming),
        ],
        "tables": [_indicators(activity.indicators), _lines(activity.lines, terms)],
    }


def _column(key: str, label: str, kind: str = "text") -> dict[str, str]:
    return {"key": key, "label": label, "kind": kind}


def _indicators(indicators: tuple[Indicator, ...]) -> Table:
    return {
        "key": "indicators",
        "title": "指標",
        "columns": [
            _column("label", "指標"),
            _column("target", "目標", "number"),
            _column("unit", "単位"),
            _column("basis", "根拠"),
        ],
        "rows": [
            {
                "uid": str(one.uid),
                "cells": {
                    "label": one.label,
                    "target": _decimal(one.target),
                    "unit": one.unit,
                    "basis": one.basis,
                },
            }
            for one in indicators
        ],
    }


def _lines(lines: tuple[Line, ...], terms: Terms) -> Table:
    return {
        "key": "lines",
        "title": "積算内訳",
        "columns": [
            _column("category", "節"),
            _column("item", "細目"),
            _column("basis", "積算の根拠"),
            _column("delivery", "実施方法"),
            _column("quantity", "数量", "number"),
            _column("unit", "単位"),
            _column("unit_price", "単価", "yen"),
            _column("tax", "消費税"),
            _column("amount", "金額", "yen"),
            _column("eligible", "対象"),
            _column("other_funding", "他の国庫補助"),
        ],
        "total": sum(line.amount or 0 for line in lines),
        "eligible_total": sum(line.amount or 0 for line in lines if line.is_eligible),
        "rows": [{"uid": str(line.uid), "cells": _line_cells(line, terms)} for line in lines],
    }


def _line_cells(line: Line, terms: Terms) -> dict[str, Any]:
    category = terms.category(line.category_code)
    funding = dict(OtherFunding.choices).get(line.other_funding, "")
    if line.other_funding_name:
        funding = f"{funding}（{line.other_funding_name}）"
    return {
        "category": f"{category.code} {category.name}" if category else line.category_code,
        "item": line.item,
        "basis": line.basis,
        "delivery": dict(Delivery.choices).get(line.delivery, ""),
        "quantity": _decimal(line.quantity),
        "unit": line.unit,
        "unit_price": line.unit_price,
        "tax": dict(Tax.choices).get(line.tax, ""),
        "amount": line.amount,
        "eligible": "対象" if line.is_eligible else "対象外",
        "other_funding": funding,
    }


def _incomes(content: PlanContent) -> Section:
    return {
        "key": "incomes",
        "title": "収入と予算措置",
        "mark": "",
        "clause": "適正化法施行令3条",
        "fields": [
            _field(
                "budget_measure",
                "予算措置",
                dict(BudgetMeasure.choices).get(content.budget_measure, ""),
            ),
            _field("budget_vote_on", "議決予定日", content.budget_vote_on),
        ],
        "tables": [
            {
                "key": "incomes",
                "title": "寄附金その他の収入",
                "columns": [_column("label", "収入の内容"), _column("amount", "金額", "yen")],
                "total": sum(one.amount or 0 for one in content.incomes),
                "rows": [
                    {"uid": str(one.uid), "cells": {"label": one.label, "amount": one.amount}}
                    for one in content.incomes
                ],
            }
        ],
    }


def _decimal(value: Decimal | None) -> str | None:
    """Without trailing zeros: the same number typed twice seals the same."""
    return None if value is None else f"{value.normalize():f}"
