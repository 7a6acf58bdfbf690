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
