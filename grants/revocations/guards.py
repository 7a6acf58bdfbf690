from __future__ import annotations

from collections.abc import Iterator

from grants.awards.api import Withdrawal
from grants.refunds.api import OrderState, claims_on
from portal.core.actor import Actor
from portal.core.money import format_yen

from .models import Revocation


def revoked_since(withdrawal: Withdrawal) -> Iterator[str]:
    """The money that a 取消し set free is not set free again (適正化法9条)."""
    since = withdrawal.decision.arrived_at
    if withdrawal.award.revocations.filter(arrived_at__gte=since).exists():
        yield "この決定の後に取消しがあるため、取り下げられません。内閣府に連絡してください。"


def what_it_took_came_back(revocation: Revocation, actor: Actor) -> Iterator[str]:
    """Of the whole, everything that was received; of a part, what this act asked back.

    What is left of a part goes on to its own 額の確定.
    """
    award = revocation.award
    orders = list(award.refund_orders.all())
    if not revocation.is_whole:
        key = f"revocation:{revocation.pk}"
        orders = [one for one in orders if one.claim_key == key]
    running = sum(one.state == OrderState.ORDERED for one in orders)
    if running:
        yield f"納付の完了を確認していない返還命令が{running}件あります。"
        return
    left = _left_of(revocation)
    if left > 0:
        yield f"受領済みの{format_yen(left)}が、まだ返還されていません。"


def _left_of(revocation: Revocation) -> int:
    """Yen that came to the body and are not its own any more because of this act."""
    award = revocation.award
    if revocation.is_whole:
        settled = award.refund_orders.filter(state=OrderState.SETTLED).total()
        return int(award.payments.standing().total()) - int(settled)
    key = f"revocation:{revocation.pk}"
    return sum(claim.amount for claim in claims_on(award) if claim.key == key)
