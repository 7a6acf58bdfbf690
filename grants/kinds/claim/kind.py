"""概算払（精算払）請求 as a kind of filing: what is judged, and what is sealed.

The account is sealed by its id and shown masked: the row that it names never changes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grants.changes.api import plan_in_force
from grants.claims.api import (
    SECTION,
    Account,
    Claim,
    ClaimSubject,
    Month,
    against_claiming,
    limit_of,
)
from grants.filings.api import Filing, FilingKind
from grants.guideline.api import Judgement, Subject, judge
from grants.kinds.discontinuance.stating import amount_row, as_values, field, head, section

_LAW = "会計法22条、適正化法15条"


def claim_of(filing: Filing) -> Claim:
    found: Claim = Claim.objects.select_related(
        "filing", "award__programme", "award__grantee", "award__decision", "account"
    ).get(filing=filing)
    return found


def read(claim: Claim) -> ClaimSubject:
    planned = sum(line.amount or 0 for line in plan_in_force(claim.award).lines)
    months = () if claim.is_final else tuple(claim.months.all())
    return ClaimSubject(
        is_final=claim.is_final,
        amount=claim.amount,
        received=limit_of(claim.award, besides=claim.pk).paid,
        against=tuple(against_claiming(claim)),
        reason=claim.reason,
        has_account=claim.account_id is not None,
        account_is_copied=claim.account_is_copied,
        months=tuple(
            Month(str(one.uid), one.month, one.contracted, one.direct or 0, one.purpose)
            for one in months
        ),
        share=Fraction(int(claim.award.amount), planned) if planned else Fraction(1),
    )


def judgements_of(claim: Claim) -> list[Judgement]:
    return judge(Subject.CLAIM, read(claim))


def judgements(filing: Filing) -> list[Judgement]:
    return judgements_of(claim_of(filing))


def amount_rows(claim: Claim) -> list[dict[str, Any]]:
    limit, amount = limit_of(claim.award, besides=claim.pk), claim.amount or 0
    whole = "確定額" if limit.is_fixed else "交付決定額"
    closed = [
        amount_row(
            "", "今日は請求できない額", "別の年度に支払う額、支払期限を過ぎた額", limit.closed
        )
    ]
    return [
        amount_row("A", whole, "", limit.ceiling),
        amount_row("B", "受領済額", "返還を命じられた額を除く", limit.paid),
        amount_row("C", "請求中の額", "支払を待つほかの請求", limit.reserved),
        amount_row("D", "今回請求額", "", amount, True),
        *(closed if limit.closed else []),
        amount_row("E", "残額", "A−B−C−D", limit.ceiling - limit.paid - limit.reserved - amount),
    ]


def account_fields(account: Account | None) -> list[dict[str, Any]]:
    """As everybody may read it: the number is masked."""
    if account is None:
        return []
    return [
        field("bank", "金融機関", f"{account.bank_name}（{account.bank_code}）"),
        field("branch", "店", f"{account.branch_name}（{account.branch_code}）"),
        field("number", "口座", f"{account.get_kind_display()} {account.masked_number}"),
        field("holder", "口座名義", "＊＊＊"),
    ]


_COLUMNS = (
    ("month", "月", "text"),
    ("contracted", "委託先への支払", "yen"),
    ("direct", "直営の支出", "yen"),
    ("total", "計", "yen"),
    ("purpose", "使いみち", "text"),
)


def _months_table(subject: ClaimSubject) -> dict[str, Any]:
    return {
        "key": "months",
        "title": "月ごとの資金需要",
        "columns": [{"key": k, "label": label, "kind": kind} for k, label, kind in _COLUMNS],
        "rows": [
            {
                "uid": one.uid,
                "cells": {
                    "month": f"{one.month.year}年{one.month.month}月",
                    "contracted": one.contracted,
                    "direct": one.direct,
                    "total": one.total,
                    "purpose": one.purpose,
                },
            }
            for one in subject.months
        ],
    }


def payload(filing: Filing) -> dict[str, Any]:
    """All that is sealed apart from number and time."""
    claim = claim_of(filing)
    subject = read(claim)
    fields = [
        field("kind", "請求の種類", claim.get_kind_display()),
        field("amount", "今回請求額", claim.amount, "yen"),
        field("reason", "資金需要の理由", claim.reason),
        *account_fields(claim.account),
    ]
    whole = section(SECTION, "請求の内容", _LAW, fields)
    whole["tables"] = [] if claim.is_final else [_months_table(subject)]
    sealed = head(claim, "claim/1")
    return {
        **sealed,
        "is_final": claim.is_final,
        "account": str(claim.account_id or ""),
        "sections": [whole],
        "amounts": {"i": claim.amount},
        "amount_rows": amount_rows(claim),
        "judgements": as_values(judgements_of(claim)),
    }


CLAIM = FilingKind(
    name="claim",
    label="概算払（精算払）請求",
    symbol="B",
    payload=payload,
    judgements=judgements,
    document_kind="claim",
    editors=lambda filing: set(filing.claim.editors.values_list("pk", flat=True)),
    writing_url_name="claim:edit",
    amount_label="請求額",
    amounts_title="請求できる残り",
    work_url_name="claim:examine",
    work_label="振込先と支払の状況を見る",
    paper_is_open=False,
)
