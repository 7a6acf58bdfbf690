"""The money of a body adds up at every step, whatever happens: random histories, each with its seed."""

from __future__ import annotations

from random import Random

import pytest
from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import latest_version
from grants.payments.api import ceiling_of
from grants.programmes.api import Ledger
from grants.refunds.api import RefundOrder, calculation_of, record_repayment
from grants.refunds.claims import claims_on
from grants.settlements.api import Settlement, SettlementState, examined_lines
from portal.access.api import Role
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.revocations.test_revocations import order_it, take_back
from tests.world import World

pytestmark = pytest.mark.django_db


def adds_up(world: World, award: Award) -> None:
    """What must hold whatever was done last; yen."""
    award.refresh_from_db()
    paid = award.payments.standing().total()
    ordered = award.refund_orders.total()
    claimed = sum(claim.amount for claim in claims_on(award))
    assert ordered <= paid
    assert paid - ordered - claimed == min(paid - ordered, ceiling_of(award))
    decided = Award.objects.filter(programme=world.programme).exclude(state="withdrawn")
    assert Ledger.objects.get(programme=world.programme).decided == decided.total()
    settlement = Settlement.objects.filter(award=award).first()
    if settlement is None:
        return
    sealed = latest_version(settlement.filing)
    assert sealed is not None
    lines = examined_lines(settlement.filing, sealed)
    amounts = sealed.content["amounts"]
    assert amounts["a"] == sum(line.total for line in lines)
    assert amounts["d"] == sum(line.total for line in lines if line.is_eligible)
    cut = sum(line.cut for line in lines)
    base = max(0, min(amounts["a"] - cut - amounts["b"], amounts["d"] - cut))
    assert settlement.recomputed == base // 2 // 1000 * 1000
    assert settlement.amount == min(settlement.decided, settlement.recomputed)


def pay_back(world: World, award: Award, chance: Random) -> None:
    """Every claim is ordered and paid in one to three parts."""
    decider = world.actor(Role.DECIDER)
    while claims_on(award):
        order: RefundOrder = order_it(world, award)
        adds_up(world, award)
        left = order.amount
        for _ in range(chance.randint(0, 2)):
            part = chance.randint(1, max(1, left // 2))
            record_repayment(actor=decider, order=order, amount=part, paid_on=timezone.localdate())
            left -= part
        rest = calculation_of(order, timezone.localdate()).left
        record_repayment(actor=decider, order=order, amount=rest, paid_on=timezone.localdate())
        perform(RefundOrder, order.pk, "settle", decider)
        adds_up(world, award)


@pytest.mark.parametrize("seed", range(4))
def test_the_money_of_a_body_adds_up_at_every_step(world: World, seed: int) -> None:
    chance = Random(seed)
    award = closing.award_of(world)
    planned = sum(award.revision.lines.values_list("amount", flat=True))
    adds_up(world, award)
    for _ in range(chance.randint(0, 3)):
        left = int(award.amount) - award.payments.standing().total()
        closing.pay(world, award, chance.randint(1, max(1, left // 2)))
        adds_up(world, award)
    share, cut = chance.choice((60, 85, 100)), chance.choice((0, 50_000))
    filing, settlement = closing.settled(world, award, share=share, cut=cut)
    sealed = latest_version(filing)
    assert sealed is not None
    assert sealed.content["amounts"]["a"] <= planned
    adds_up(world, award)
    if chance.random() < 0.5:
        take_back(world, award, after=int(settlement.amount) * 9 // 10)
        adds_up(world, award)
    award.refresh_from_db()
    pay_back(world, award, chance)
    short = ceiling_of(award) - (award.payments.standing().total() - award.refund_orders.total())
    if short:
        closing.pay(world, award, short)
    adds_up(world, award)
    assert closing.close(world, settlement).state == SettlementState.CLOSED
    kept = award.payments.standing().total() - award.refund_orders.total()
    assert kept == ceiling_of(award)
