"""Why a payment of the state cannot be recorded. Pure; yen and days in, reasons out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.core.money import format_yen

from .states import PaymentKind


def payment_reasons(
    kind: str,
    amount: int,
    *,
    ceiling: int,
    paid: int,
    paid_on: date,
    decided_on: date,
    today: date,
    is_fixed: bool,
) -> Iterator[str]:
    """`ceiling` is what may be paid in all: the amount decided, or 確定額 once there is one (yen)."""
    if kind == PaymentKind.FINAL and not is_fixed:
        yield "精算払は、額を確定してから記録してください。確定の前の支払は概算払です。"
    left = max(0, ceiling - paid)
    if amount <= 0:
        yield "支払額は、1円以上にしてください。"
    if amount > left:
        yield f"支払額は、残り（{format_yen(left)}）以下にしてください。"
    if paid_on < decided_on:
        yield "支払日は、交付決定の日以後の日付にしてください。"
    if paid_on > today:
        yield "支払日は、今日以前の日付にしてください。支払った後に記録します。"
