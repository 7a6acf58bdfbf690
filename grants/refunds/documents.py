"""返還命令書 and the notice of interest: everything on them comes from what was kept when they were issued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.awards.api import Notice, frame, register_correctable
from portal.core.dates import document_date
from portal.core.money import Rounding
from portal.documents.api import Document, DocumentKind, register_kind

from .models import InterestNotice, Lowering, RefundOrder
from .rules import act_of
from .states import BESIDE_THE_AMOUNT, Ground

_UNDER_18 = "第18条第{}項の規定により"
_RESTS_ON: dict[str, str] = {
    Ground.OVERPAID: _UNDER_18.format("２"),
    Ground.REVOKED_BODY: _UNDER_18.format("１"),
    Ground.REVOKED_SUB: _UNDER_18.format("１"),
    Ground.CHANGED: _UNDER_18.format("１"),
    Ground.INPUT_TAX: "第７条第３項の規定により付した条件に基づき",
    Ground.INCOME: "第７条第２項の規定により付した条件に基づき",
    Ground.DISPOSAL: "第22条の規定による承認に付した条件に基づき",
}


def notice_of_refund(document: Document) -> Mapping[str, Any]:
    made = RefundOrder.objects.for_pages().get(pk=document.subject_id)
    given = frame(made)
    content = given["content"]
    return {
        **given,
        "due_on": _day(content["due_on"]),
        "decided_on": _day(content["decision"]["issued_on"]),
        "appeal_until": _day(content["appeal_until"]),
        "receipts": [{**one, "on": _day(one["on"])} for one in content["receipts"]],
        "rests_on": _RESTS_ON[content["ground"]],
        "is_income": content["ground"] == Ground.INCOME,
        "act": act_of(content["ground"]),
        "is_beside": content["ground"] in BESIDE_THE_AMOUNT,
    }


def notice_of_interest(document: Document) -> Mapping[str, Any]:
    made = InterestNotice.objects.select_related("order__award__grantee").get(
        pk=document.subject_id
    )
    given = frame(made)
    content = given["content"]
    return {
        **given,
        "ordered_on": _day(content["order"]["issued_on"]),
        "due_on": _day(content["order"]["due_on"]),
        "repayments": [{**one, "on": _day(one["on"])} for one in content["repayments"]],
        "additional": [_line(one) for one in content["additional"]],
        "late": [_line(one) for one in content["late"]],
        "cut": Rounding(content["unit"]).label,
        "total": content["additional_yen"] + content["late_yen"],
    }


def _lowering(document: Document) -> Lowering:
    found: Lowering = Lowering.objects.select_related("order__award__grantee").get(
        pk=document.subject_id
    )
    return found


def notice_of_lowering(document: Document) -> Mapping[str, Any]:
    given = frame(_lowering(document))
    content = given["content"]
    return {
        **given,
        "ordered_on": _day(content["order"]["issued_on"]),
        "due_on": _day(content["order"]["due_on"]),
        "rests_on": _RESTS_ON[content["ground"]],
    }


def _line(one: dict[str, Any]) -> dict[str, Any]:
    days = {key: _day(one[key]) for key in ("first", "last", "received_on") if one[key]}
    return {**one, **days}


def _day(text: str) -> str:
    return document_date(date.fromisoformat(text))


def _as_correctable(document: Document) -> Notice:
    made = RefundOrder.objects.for_pages().get(pk=document.subject_id)
    terms = json.loads(made.payload)["terms"]
    return Notice(
        f"{act_of(made.ground)}命令書", made.document_number, made.issued_on, made.grantee, terms
    )


def _interest_as_correctable(document: Document) -> Notice:
    made = InterestNotice.objects.select_related("order__award__grantee").get(
        pk=document.subject_id
    )
    terms = json.loads(made.payload)["terms"]
    return Notice(
        "加算金・延滞金の通知書", made.document_number, made.issued_on, made.grantee, terms
    )


def _lowering_as_correctable(document: Document) -> Notice:
    made = _lowering(document)
    terms = json.loads(made.payload)["terms"]
    return Notice("返還額の減額通知書", made.document_number, made.issued_on, made.grantee, terms)


def register_documents() -> None:
    register_kind(
        DocumentKind("notice_of_refund", "pdf/notice_of_refund.html", "1", notice_of_refund)
    )
    register_kind(
        DocumentKind("notice_of_interest", "pdf/notice_of_interest.html", "1", notice_of_interest)
    )
    register_kind(
        DocumentKind("notice_of_lowering", "pdf/notice_of_lowering.html", "1", notice_of_lowering)
    )
    register_correctable("notice_of_refund", _as_correctable)
    register_correctable("notice_of_lowering", _lowering_as_correctable)
    register_correctable("notice_of_interest", _interest_as_correctable)
