"""The paper that tells a body of a decision on a filing of its own, and what it is called everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grants.filings.api import Filing
from portal.accounts.api import Organisation
from portal.documents.api import request_document

from .models import Decision
from .states import DecisionKind

_NAMES = {
    ("application", DecisionKind.GRANT): "交付決定通知書",
    ("application", DecisionKind.DECLINE): "不交付決定通知書",
    ("change", DecisionKind.CHANGE): "変更承認・変更交付決定通知書",
    ("change", DecisionKind.DECLINE): "変更不承認通知書",
    ("discontinuance", DecisionKind.STOP): "{stop}承認通知書",
    ("discontinuance", DecisionKind.DECLINE): "{stop}不承認通知書",
    ("carryover", DecisionKind.CARRYOVER): "繰越承認通知書",
    ("carryover", DecisionKind.DECLINE): "繰越不承認通知書",
    ("disposal", DecisionKind.DISPOSAL): "財産処分承認通知書",
    ("disposal", DecisionKind.DECLINE): "財産処分不承認通知書",
}
_SAME_AMOUNT = "変更承認通知書"


def notice_name(filing_kind: str, kind: str, *, is_same: bool = False, ends: bool = False) -> str:
    """`is_same` for a change that leaves the amount alone, `ends` for a 廃止. Pure.

    Raises KeyError for a decision that no paper tells of.
    """
    name = _NAMES[filing_kind, DecisionKind(kind)]
    if is_same and kind == DecisionKind.CHANGE:
        name = _SAME_AMOUNT
    return name.format(stop="廃止" if ends else "中止")


def name_of(decision: Decision) -> str:
    """On the paper's first line, in lists, and where a 訂正通知 names it."""
    content = decision.sealed.content
    before = content.get("decision", {}).get("amount")
    return notice_name(
        decision.filing.kind,
        decision.kind,
        is_same=decision.amount == before,
        ends=bool(content.get("ends")),
    )


def request_notice(filing: Filing, decision: Decision, kind: str, data: Mapping[str, Any]) -> None:
    """For the body and the Cabinet Office; the number of the paper is said in the act's Event."""
    data["_said"]["文書番号"] = decision.document_number
    office = Organisation.objects.cabinet_office().first()
    request_document(
        kind=kind,
        title=f"{name_of(decision)}（{decision.document_number}）",
        subject=decision,
        payload_hash=decision.sealed.sha256,
        issuer=office,
        readers=[filing.grantee, *([office] if office else [])],
        case_id=filing.case_id,
        is_filed=True,
    )
