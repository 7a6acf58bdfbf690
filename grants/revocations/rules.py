"""Why a decision cannot be revoked so. Pure; yen in, reasons out (適正化法10条, 17条, 21条の2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.core.money import format_yen

from .states import RevocationGround

ARTICLES = {
    RevocationGround.BODY: "適正化法17条1項",
    RevocationGround.SUB: "適正化法17条2項",
    RevocationGround.CHANGED: "適正化法10条1項",
}


def revocation_reasons(
    *,
    before: int,
    ceiling: int,
    after: int,
    provision: str,
    reason: str,
    decided_on: date,
    issued_on: date,
) -> Iterator[str]:
    """`before` and `after` are the amount decided, in yen; 0 after it revokes the whole.

    `ceiling` is what the body may have: the amount decided, or 確定額 once there is one (17条3項).
    """
    if not 0 <= after < ceiling:
        name = "確定額" if ceiling < before else "今の決定額"
        yield f"取消し後の額は、0円以上、{name}（{format_yen(ceiling)}）より少なくしてください。"
    if not provision.strip():
        yield "違反した法令、条件、処分（10条では、変更した事情）を入力してください。"
    if not reason.strip():
        yield "取り消す理由を入力してください（適正化法21条の2）。"
    if issued_on < decided_on:
        yield "施行日は、決裁日以後の日付にしてください。"
