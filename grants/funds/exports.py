"""Tables that leave the portal as CSV; amounts are yen."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from portal.spreadsheets.api import write_csv

from .april import Standing
from .matching import Match

_APRIL = (
    *("団体コード", "都道府県", "実績報告の受付", "審査", "額の確定", "確定額・決定額（円）"),
    *(
        "支払済み（円）",
        "残り（円）",
        "精算払の請求",
        "次にすること",
        "だれが",
        "期限",
        "残りの日数",
    ),
)
_COMPARED = (
    *(
        "結果",
        "違う列",
        "説明",
        "行",
        "会計の文書番号",
        "会計の相手方",
        "会計の支払額（円）",
        "会計の支払日",
    ),
    *("ポータルの番号", "ポータルの都道府県", "ポータルの支払額（円）", "ポータルの支払日"),
)


def _yes(value: bool) -> str:
    return "済み" if value else "まだ"


def april_csv(rows: Iterable[Standing]) -> bytes:
    return write_csv(
        _APRIL,
        [
            (
                one.award.grantee.prefecture_id,
                one.award.grantee.name,
                _yes(one.is_received),
                _yes(one.is_examined),
                _yes(one.row.settlement is not None),
                one.row.limit,
                one.row.paid - one.row.refunds,
                one.left,
                one.claim.filing.get_state_display() if one.claim else "",
                one.next.label,
                one.next.who,
                one.next.due_on,
                one.next.days_left,
            )
            for one in rows
        ],
    )


def compared_csv(matches: Iterable[Match]) -> bytes:
    return write_csv(
        _COMPARED,
        [
            (
                str(one.found.label),
                "、".join(one.differing),
                one.reason,
                one.entry.number if one.entry else None,
                one.entry.reference if one.entry else "",
                one.entry.payee if one.entry else "",
                one.entry.amount if one.entry else None,
                one.entry.paid_on if one.entry else None,
                one.payment.reference if one.payment else "",
                one.payment.body if one.payment else "",
                one.payment.amount if one.payment else None,
                one.payment.paid_on if one.payment else None,
            )
            for one in matches
        ],
    )


def as_file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
