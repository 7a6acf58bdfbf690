from __future__ import annotations

from collections.abc import Iterator

from grants.awards.api import Withdrawal
from grants.refunds.api import OrderState
from portal.core.actor import Actor
from portal.core.money import format_yen

from .models import Revocation


def is_whole(revocation: Revocation) -> bool:
    """A part that is left goes on to its 実績報告 and 額の確定."""
    return revocation.is_whole


def revoked_since(withdrawal: Withdrawal) -> Iterator[str]:
    """The money that a 取消し set free is not set free again (適正化法9条)."""
    since = withdrawal.decision.arrived_at
    if withdrawal.award.revocations.filter(arrived_at__gte=since).exists():
        yield "この決定の後に取消しがあるため、取り下げられません。内閣府に連絡してください。"


def only_whole(revocation: Revocation, actor: Actor) -> Iterator[str]:
    if not revocation.is_whole:
        yield "一部の取消しでは、残りの部分の額の確定の後に終えます。"


def everything_came_back(revocation: Revocation, actor: Actor) -> Iterator[str]:
    award = revocation.award
    running = award.refund_orders.filter(state=OrderState.ORDERED).count()
    if running:
        yield f"納付の完了を確認していない返還命令が{running}件あります。"
    settled = award.refund_orders.filter(state=OrderState.SETTLED).total()
    left = award.payments.standing().total() - settled
    if left > 0 and not running:
        yield f"受領済みの{format_yen(left)}が、まだ返還されていません。"
