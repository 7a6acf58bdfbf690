"""取消し by 10条 and 17条: reasons, money, interest, and the end; after 額の確定 too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from grants.awards.api import Award
from grants.payments.api import Payment
from grants.programmes.api import Ledger
from grants.refunds.api import (
    RefundOrder,
    calculation_of,
    notify_interest,
    order_refund,
    record_repayment,
)
from grants.refunds.claims import claims_on
from grants.revocations.api import Revocation, revoke
from grants.settlements.rules import owed_by_step
from portal.access.api import Role
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.world import World, client_of, ensure_cache_table


def take_back(
    world: World, award: Award, after: int = 0, ground: str = "revoked_body", **changed: Any
) -> Revocation:
    given = {
        "provision": "交付の条件1",
        "reason": "交付金を他の用途に使用したため。",
        "number": world.numbered()["document_number"],
        "decided_on": timezone.localdate(),
        "issued_on": timezone.localdate(),
    }
    return revoke(
        actor=world.actor(Role.DECIDER),
        award=award,
        ground=ground,
        after=after,
        **{**given, **changed},
    )


def order_it(world: World, award: Award, due_in: int = 20, ordered_ago: int = 0) -> RefundOrder:
    today = timezone.localdate()
    return order_refund(
        actor=world.actor(Role.DECIDER),
        award=award,
        claim_key=claims_on(award)[0].key,
        due_on=today + timedelta(days=due_in),
        reason="決定を取り消したため。",
        number=world.numbered()["document_number"],
        issued_on=today - timedelta(days=ordered_ago),
    )


def received_long_ago(world: World, award: Award, days: int) -> None:
    decider = world.actor(Role.DECIDER)
    Payment.objects.create(
        award=award,
        kind="advance",
        amount=award.amount,
        paid_on=timezone.localdate() - timedelta(days=days),
        recorded_by_id=decider.user_id,
        recorded_by_name=decider.name,
    )


@pytest.mark.django_db
def test_17_from_revocation_over_two_part_payments_to_the_end(world: World) -> None:
    award, decider, today = closing.award_of(world), world.actor(Role.DECIDER), timezone.localdate()
    received_long_ago(world, award, days=100)
    revocation = take_back(world, award)
    with pytest.raises(Refused, match="まだ返還されていません"):
        perform(Revocation, revocation.pk, "close", decider)
    order = order_it(world, award, due_in=-10, ordered_ago=30)
    half = order.amount // 2
    for amount, day in ((half, today - timedelta(days=10)), (order.amount - half, today)):
        record_repayment(actor=decider, order=order, amount=amount, paid_on=day)
    found = calculation_of(order, today)
    rest = order.amount - half
    assert found.additional_yen == (order.amount * 91 + rest * 10) * 3 // 10_000
    assert found.late_yen == rest * 10 * 3 // 10_000
    notify_interest(
        actor=decider,
        order=order,
        number=world.numbered()["document_number"],
        issued_on=today,
    )
    with pytest.raises(Refused, match="納付の完了を確認していない"):
        perform(Revocation, revocation.pk, "close", decider)
    record_repayment(actor=decider, order=order, amount=found.left, paid_on=today)
    perform(RefundOrder, order.pk, "settle", decider)
    assert perform(Revocation, revocation.pk, "close", decider).subject.state == "closed"
    award.refresh_from_db()
    assert (award.state, award.amount) == ("revoked", 0)
    drain()
    kinds = ("notice_of_revocation", "notice_of_refund", "notice_of_interest")
    assert Document.objects.filter(kind__in=kinds, state="ready").count() == len(kinds)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ground", "has_interest"),
    [
        pytest.param("revoked_body", True, id="17条1項"),
        pytest.param("revoked_sub", False, id="17条2項"),
        pytest.param("changed", False, id="10条1項"),
    ],
)
def test_19_1_interest_follows_a_breach_of_the_body_alone(
    world: World, ground: str, has_interest: bool
) -> None:
    award = closing.award_of(world)
    received_long_ago(world, award, days=100)
    take_back(world, award, ground=ground)
    order = order_it(world, award)
    assert order.ground == ground
    assert bool(calculation_of(order, timezone.localdate()).additional) == has_interest


@pytest.mark.django_db
def test_17_3_a_part_is_revoked_after_the_amount_was_fixed(world: World) -> None:
    """What 額の確定 asks back and what the revocation does are two claims, and nothing is asked twice."""
    award = closing.award_of(world)
    closing.pay(world, award)
    _, settlement = closing.settled(world, award, share=80)
    after = settlement.amount - 100_000
    decided = award.amount
    take_back(world, award, after=after)
    found = claims_on(Award.objects.get(pk=award.pk))
    assert [(one.ground, one.amount) for one in found] == [
        ("overpaid", decided - settlement.amount),
        ("revoked_body", 100_000),
    ]
    for _ in found:
        order = order_it(world, award)
        record_repayment(
            actor=world.actor(Role.DECIDER),
            order=order,
            amount=calculation_of(order, timezone.localdate()).left,
            paid_on=timezone.localdate(),
        )
        perform(RefundOrder, order.pk, "settle", world.actor(Role.DECIDER))
    assert not claims_on(Award.objects.get(pk=award.pk))
    assert closing.close(world, settlement).state == "closed"


@pytest.mark.django_db
def test_17_3_what_was_not_fixed_cannot_be_revoked(world: World) -> None:
    """After 額の確定 a revocation takes from 確定額, whatever had been decided."""
    ensure_cache_table()
    award = closing.award_of(world)
    _, settlement = closing.settled(world, award, share=80)
    with pytest.raises(Refused, match=f"確定額（{settlement.amount:,}円）より少なく"):
        take_back(world, award, after=int(settlement.amount))
    page = client_of(world.actor(Role.DECIDER)).get(reverse("revocations:revoke", args=[award.pk]))
    assert f"{settlement.amount:,}" in page.content.decode()
    take_back(world, award, after=int(settlement.amount) - 1)


@pytest.mark.django_db
def test_what_is_revoked_is_free_in_the_budget_again(world: World) -> None:
    award = closing.award_of(world)
    before = Ledger.objects.get(programme=world.programme).decided
    take_back(world, award, after=1_000)
    assert Ledger.objects.get(programme=world.programme).decided == before - award.amount + 1_000


@pytest.mark.django_db
def test_18_1_a_part_is_closed_when_what_it_took_came_back(world: World) -> None:
    """What is left goes on to its own 額の確定; the act itself does not wait for it."""
    award, decider = closing.award_of(world), world.actor(Role.DECIDER)
    closing.pay(world, award)
    revocation = take_back(world, award, after=int(award.amount) - 100_000)
    with pytest.raises(Refused, match="100,000円が、まだ返還されていません"):
        perform(Revocation, revocation.pk, "close", decider)
    order = order_it(world, award)
    with pytest.raises(Refused, match="返還命令が1件"):
        perform(Revocation, revocation.pk, "close", decider)
    left = calculation_of(order, timezone.localdate()).left
    today = timezone.localdate()
    record_repayment(actor=decider, order=order, amount=left, paid_on=today)
    perform(RefundOrder, order.pk, "settle", decider)
    assert perform(Revocation, revocation.pk, "close", decider).subject.state == "closed"
    assert Award.objects.get(pk=award.pk).state == "in_force"


@pytest.mark.django_db
def test_a_part_of_what_was_never_paid_is_closed_at_once(world: World) -> None:
    revocation = take_back(world, closing.award_of(world), after=1_000)
    decider = world.actor(Role.DECIDER)
    assert perform(Revocation, revocation.pk, "close", decider).subject.state == "closed"


@pytest.mark.django_db
def test_an_order_from_before_claims_were_kept_counts_for_its_ground(world: World) -> None:
    """Its payload names no claim: nothing fails, and nothing is asked for twice."""
    award = closing.award_of(world)
    closing.pay(world, award)
    take_back(world, award, after=int(award.amount) - 100_000)
    [claim] = claims_on(award)
    RefundOrder.objects.create(
        award=award,
        ground=claim.ground,
        amount=claim.amount,
        reason="取り消したため。",
        due_on=timezone.localdate() + timedelta(days=20),
        document_number="府孤推第8001号",
        issued_on=timezone.localdate(),
        payload='{"receipts": []}',
        sha256="0" * 64,
        ordered_by_id=world.actor(Role.DECIDER).user_id,
        ordered_by_name="見本",
    )
    assert not claims_on(Award.objects.get(pk=award.pk))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"reason": " "}, "取り消す理由", id="21条の2-理由なし"),
        pytest.param({"provision": ""}, "違反した法令", id="17条-違反の記載なし"),
        pytest.param({"after": 10**12}, "取消し後の額", id="増額"),
        pytest.param(
            {"issued_on": timezone.localdate() - timedelta(days=1)}, "施行日", id="日付の順"
        ),
    ],
)
def test_a_revocation_says_why(world: World, changed: dict[str, Any], said: str) -> None:
    award = closing.award_of(world)
    with pytest.raises(Refused, match=said):
        take_back(world, award, **changed)
    assert not Revocation.objects.exists()


@pytest.mark.django_db
def test_what_is_revoked_whole_is_not_revoked_again(world: World) -> None:
    award = closing.award_of(world)
    take_back(world, award)
    with pytest.raises(Refused, match="効力のある交付決定だけ"):
        take_back(world, award)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**9), min_size=1, max_size=5))
def test_acts_together_ask_back_all_above_the_lowest_limit_and_nothing_twice(
    kept: int, limits: list[int]
) -> None:
    assert sum(owed_by_step([(kept, limit) for limit in limits])) == max(0, kept - min(limits))
