"""What the state paid, as it is recorded and taken back: by whom, when, and not twice."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from grants.desk.api import declare_conflict
from grants.payments.api import Payment, record_payment, undo_payment
from grants.payments.rules import payment_reasons
from portal.access.api import Role
from portal.core.problems import Refused
from tests.grants import closing
from tests.grants.revocations.test_revocations import take_back
from tests.world import World, client_of

DAY = date(2026, 4, 10)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, None, id="会計法22条 概算払"),
        pytest.param({"kind": "final"}, "精算払は、額を確定してから", id="15条 確定前の精算払"),
        pytest.param({"kind": "final", "is_fixed": True}, None, id="15条 確定後の精算払"),
        pytest.param({"amount": 0}, "1円以上", id="0円"),
        pytest.param({"amount": 7}, "残り（6円）以下", id="残りを超える"),
        pytest.param({"paid_on": date(2026, 3, 31)}, "交付決定の日以後", id="決定前"),
        pytest.param({"paid_on": date(2026, 4, 11)}, "今日以前", id="先の日"),
    ],
)
def test_why_a_payment_is_not_recorded(changed: dict[str, Any], said: str | None) -> None:
    given: dict[str, Any] = {
        "kind": "advance",
        "amount": 6,
        "ceiling": 10,
        "paid": 4,
        "paid_on": DAY,
        "decided_on": date(2026, 4, 1),
        "today": DAY,
        "is_fixed": False,
    }
    found = list(payment_reasons(**{**given, **changed}))
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


def undo(world: World, payment: Payment) -> Payment:
    return undo_payment(actor=world.actor(Role.DECIDER), payment=payment, reason="誤り。")


@pytest.mark.django_db
def test_15_what_the_notice_names_as_received_is_not_taken_back(world: World) -> None:
    award = closing.award_of(world)
    before = closing.pay(world, award, 1_000)
    closing.settled(world, award)
    after = closing.pay(world, award, 2_000)
    page = client_of(world.actor(Role.DECIDER)).get(f"/settlements/awards/{award.pk}/")
    assert f"/payments/{before.pk}/undo/" not in page.content.decode()
    assert f"/payments/{after.pk}/undo/" in page.content.decode()
    with pytest.raises(Refused, match="受入済額として載せた"):
        undo(world, before)
    assert undo(world, after).undone_at is not None


@pytest.mark.django_db
def test_17_nothing_is_paid_under_a_decision_that_was_revoked_whole(world: World) -> None:
    award = closing.award_of(world)
    take_back(world, award)
    with pytest.raises(Refused, match="効力を持っていない"):
        closing.pay(world, award, 1)


@pytest.mark.django_db
def test_24_who_declared_a_conflict_does_not_touch_the_money(world: World) -> None:
    award = closing.award_of(world)
    payment = closing.pay(world, award)
    _, settlement = closing.settled(world, award)
    decider = world.actor(Role.DECIDER)
    declare_conflict(actor=decider, grantee=award.grantee, reason="親族が勤めている。")
    with pytest.raises(Refused, match="利害関係"):
        closing.pay(world, award, 1)
    with pytest.raises(Refused, match="利害関係"):
        undo(world, payment)
    with pytest.raises(Refused, match="利害関係"):
        closing.close(world, settlement)


@pytest.mark.django_db
def test_a_second_click_pays_and_takes_back_once(world: World) -> None:
    award = closing.award_of(world)
    decider, key = world.actor(Role.DECIDER), uuid4()
    typed: dict[str, Any] = {
        "actor": decider,
        "award": award,
        "kind": "advance",
        "amount": 1_000,
        "paid_on": timezone.localdate(),
    }
    first = record_payment(**typed, request_key=key)
    assert record_payment(**typed, request_key=key) == first
    assert record_payment(**typed, request_key=uuid4()) != first
    again = uuid4()
    for _ in range(2):
        undo_payment(actor=decider, payment=first, reason="誤り。", request_key=again)
    with pytest.raises(Refused, match="すでに取り消されています"):
        undo_payment(actor=decider, payment=first, reason="誤り。", request_key=uuid4())


@pytest.mark.django_db
def test_the_pages_carry_the_key_of_the_first_click(world: World) -> None:
    award = closing.award_of(world)
    client = client_of(world.actor(Role.DECIDER))
    url = f"/payments/awards/{award.pk}/record/"
    assert 'name="request_key"' in client.get(url).content.decode()
    typed = {
        "kind": "advance",
        "amount": "1,000",
        "paid_on": timezone.localdate().isoformat(),
        "request_key": str(uuid4()),
    }
    for _ in range(2):
        assert client.post(url, typed).status_code == 302
    assert award.payments.count() == 1
    page = client.get(f"/payments/{award.payments.get().pk}/undo/").content.decode()
    assert 'name="request_key"' in page
