"""What is asked back, whichever claim is ordered first and whatever is decided afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from grants.awards.api import Award
from grants.demo.stories import LIGHT
from grants.refunds.api import RefundOrder, calculation_of, order_refund, record_repayment
from grants.refunds.claims import claims_on
from grants.settlements.rules import owed_by_step
from portal.access.api import Role
from portal.core.problems import Refused
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.awards.test_rounds import apply_again, second_round
from tests.grants.revocations.test_revocations import order_it, received_long_ago, take_back
from tests.world import World, client_of, ensure_cache_table


def order_of(world: World, award: Award, ground: str) -> RefundOrder:
    """On the claim of that ground."""
    numbered = world.numbered()
    return order_refund(
        actor=world.actor(Role.DECIDER),
        award=award,
        claim_key=next(one.key for one in claims_on(award) if one.ground == ground),
        due_on=timezone.localdate() + timedelta(days=20),
        reason="受領した額が、受けるべき額を超えているため。",
        number=numbered["document_number"],
        issued_on=numbered["issued_on"],
    )


def give_back(world: World, order: RefundOrder) -> None:
    decider, today = world.actor(Role.DECIDER), timezone.localdate()
    left = calculation_of(order, today).left
    record_repayment(actor=decider, order=order, amount=left, paid_on=today)
    perform(RefundOrder, order.pk, "settle", decider)


@pytest.mark.parametrize(
    ("steps", "owed"),
    [
        pytest.param([(10, 8), (10, 7)], [2, 1], id="18条-確定の後に一部の取消し"),
        pytest.param([(10, 6), (15, 9)], [4, 2], id="18条-取消しの後に追加の決定と支払"),
        pytest.param([(10, 6), (10, 11)], [4, 0], id="18条-後の額が上"),
        pytest.param([(0, 6), (6, 6)], [0, 0], id="18条-支払は取消しの後"),
    ],
)
def test_each_act_asks_of_what_had_been_received(
    steps: list[tuple[int, int]], owed: list[int]
) -> None:
    assert owed_by_step(steps) == owed


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["overpaid", "revoked_body"])
def test_19_1_the_claim_ordered_first_leaves_the_other_its_ground(world: World, first: str) -> None:
    """加算金 follows the revocation alone, in whichever order the two are ordered."""
    award = closing.award_of(world)
    closing.pay(world, award)
    _, settlement = closing.settled(world, award, share=80)
    take_back(world, award, after=settlement.amount - 100_000)
    award = Award.objects.get(pk=award.pk)
    amounts = {one.ground: one.amount for one in claims_on(award)}
    order_of(world, award, first)
    other = {"overpaid": "revoked_body", "revoked_body": "overpaid"}[first]
    assert [(one.ground, one.amount) for one in claims_on(award)] == [(other, amounts[other])]
    order_of(world, award, other)
    assert not claims_on(award)


@pytest.mark.django_db
def test_what_a_later_decision_adds_is_paid_whole_and_asks_nothing_back(world: World) -> None:
    """Revoked in part, returned, decided again: the first order stays as it was."""
    ensure_cache_table()
    world.filing("decided", story=LIGHT[0])
    award = Award.objects.get()
    received_long_ago(world, award, days=100)
    kept = int(award.amount) - 400_000
    take_back(world, award, after=kept)
    order = order_it(world, award)
    give_back(world, order)
    counted = calculation_of(order, timezone.localdate())
    second_round(world)
    world.decide(apply_again(world))
    award.refresh_from_db()
    more = int(award.amount) - kept
    with pytest.raises(Refused, match=f"残り（{more:,}円）"):
        closing.pay(world, award, more + 1)
    closing.pay(world, award, more)
    assert not claims_on(award)
    assert calculation_of(order, timezone.localdate()) == counted
    page = client_of(world.actor(Role.DECIDER)).get(order.get_absolute_url())
    assert page.status_code == 200


@pytest.mark.django_db
def test_a_claim_not_yet_ordered_outlives_a_later_decision(world: World) -> None:
    world.filing("decided", story=LIGHT[0])
    award = Award.objects.get()
    received_long_ago(world, award, days=100)
    take_back(world, award, after=int(award.amount) - 400_000)
    second_round(world)
    world.decide(apply_again(world))
    award.refresh_from_db()
    assert [one.amount for one in claims_on(award)] == [400_000]


@pytest.mark.django_db
def test_10_1_a_second_order_reaches_the_days_that_the_first_left(world: World) -> None:
    """A receipt between two orders is whole: the first order did not reach it."""
    world.filing("decided", story=LIGHT[0])
    award = Award.objects.get()
    received_long_ago(world, award, days=100)
    first = int(award.amount)
    take_back(world, award, after=first - 400_000)
    give_back(world, order_it(world, award))
    second_round(world)
    world.decide(apply_again(world))
    award.refresh_from_db()
    closing.pay(world, award, 300_000)
    take_back(world, award, after=first - 600_000)
    found = calculation_of(order_it(world, award), timezone.localdate())
    today = timezone.localdate()
    assert [(one.received_on, one.base) for one in found.additional] == [
        (today, 300_000),
        (today - timedelta(days=100), 200_000),
    ]
