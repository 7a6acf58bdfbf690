from __future__ import annotations

from collections.abc import Iterator

from grants.payments.api import ceiling_of
from grants.refunds.api import OrderState
from portal.core.actor import Actor

from .models import Settlement
from .rules import evenness_reasons


def money_is_even(settlement: Settlement, actor: Actor) -> Iterator[str]:
    """What was paid less what came back is 確定額."""
    award = settlement.award
    orders = award.refund_orders.towards_the_amount()
    settled = orders.filter(state=OrderState.SETTLED).total()
    yield from evenness_reasons(
        fixed=ceiling_of(award), paid=award.payments.standing().total(), repaid=settled
    )


def refunds_are_settled(settlement: Settlement, actor: Actor) -> Iterator[str]:
    running = settlement.award.refund_orders.filter(state=OrderState.ORDERED).count()
    if running:
        yield f"納付の完了を確認していない返還命令が{running}件あります。"
