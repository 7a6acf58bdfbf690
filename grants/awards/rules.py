"""What a decision may give. Pure: yen in, reasons out."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.money import format_yen


def amount_reasons(
    amount: int, *, ceiling: int, applied: int, budget: int, decided: int, reason: str
) -> Iterator[str]:
    """Why this amount cannot be decided (適正化法6条1項, 3項); all yen; nothing when it can.

    `ceiling` is column I of the sealed version; `decided` what the year's budget has given or
    promised to others so far.
    """
    if amount <= 0:
        yield "決定額は、1円以上にしてください。"
    if amount > ceiling:
        yield f"決定額は、所要額調書のI欄（{format_yen(ceiling)}）以下にしてください。"
    if decided + amount > budget:
        left = max(0, budget - decided)
        over = decided + amount - budget
        yield f"予算の残り（{format_yen(left)}）を{format_yen(over)}超えます。決定額を減らしてください。"
    if amount != applied and not reason.strip():
        yield "申請額と違う額にするときは、修正の理由（適正化法6条3項）を入力してください。"


def change_reasons(
    amount: int,
    *,
    ceiling: int,
    applied: int,
    budget: int,
    others: int,
    paid: int,
    before: int,
    reason: str,
) -> Iterator[str]:
    """Why an award cannot be changed to this amount (適正化法6条1項, 3項, 7条1項); all yen.

    `ceiling` is column G of the changed plan, `applied` the amount asked for, `others` what the
    year's budget has given or promised beside this award, `paid` what was paid under it, `before`
    the amount in force: one that does not fall takes nothing back that was paid.
    """
    if amount <= 0:
        yield "変更後の交付決定額は、1円以上にしてください。"
    if amount > ceiling:
        yield (
            f"変更後の交付決定額は、変更後の計画から計算した額（{format_yen(ceiling)}）以下に"
            "してください。"
        )
    if others + amount > budget:
        over = others + amount - budget
        yield f"予算を{format_yen(over)}超えます。変更後の交付決定額を減らしてください。"
    if amount < min(paid, before):
        yield (
            f"支払済みの額（{format_yen(paid)}）より少なくできません。"
            "余る額は、額の確定で精算します（適正化法18条2項）。"
        )
    if amount != applied and not reason.strip():
        yield "申請額と違う額にするときは、修正の理由を入力してください。"
