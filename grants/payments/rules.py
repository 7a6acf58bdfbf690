"""Why a payment of the state cannot be recorded. Pure; yen and days in, reasons out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.core.money import format_yen


def payment_reasons(
    amount: int, *, ceiling: int, paid: int, paid_on: date, decided_on: date, today: date
) -> Iterator[str]:
    """`ceiling` is what may be paid in all: the amount decided, or 確定額 once there is one (yen)."""
    left = max(0, ceiling - paid)
    if amount <= 0:
        yield "支払額は、1円以上にしてください。"
    if amount > left:
        yield f"支払額は、残り（{format_yen(left)}）以下にしてください。"
    if paid_on < decided_on:
        yield "支払日は、交付決定の日以後の日付にしてください。"
    if paid_on > today:
        yield "支払日は、今日以前の日付にしてください。支払った後に記録します。"
