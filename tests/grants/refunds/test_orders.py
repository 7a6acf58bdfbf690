"""返還命令 on real rows: parts, late payment, 加算金 and 延滞金 notified, exemption, taking records back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.awards.api import Award
from grants.payments.api import Payment, record_payment, undo_payment
from grants.refunds.api import (
    Claim,
    RefundOrder,
    calculation_of,
    exempt,
    notify_interest,
    order_refund,
    record_repayment,
    register_claims,
    undo_repayment,
)
from grants.refunds.claims import _find
from grants.refunds.counting import explained_on
from grants.refunds.models import InterestNotice
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db

# The days of worked example C, as far apart as they are there, and all of them past.
FIRST = timezone.localdate() - timedelta(days=320)
DUE = FIRST + timedelta(days=250)
LATE = DUE + timedelta(days=34)
ISSUED = DUE - timedelta(days=20)


@pytest.fixture
def award(world: World) -> Award:
    """Decided before its payments and its refund: worked example C's days are past."""
    found = closing.award_of(world)
    decider = world.actor(Role.DECIDER)
    Payment.objects.create(
        award=found,
        kind="advance",
        amount=1_234_567,
        paid_on=FIRST,
        recorded_by_id=decider.user_id,
        recorded_by_name=decider.name,
    )
    return found


@pytest.fixture
def order(world: World, award: Award) -> RefundOrder:
    """After a revocation under 17条1項: all that was received comes back."""

    return ordered(world, award, issued_on=ISSUED)


def ordered(world: World, award: Award, issued_on: date) -> RefundOrder:
    def claims(asked: Award) -> list[Claim]:
        return [Claim("revoked", "revoked_body", 1_234_567, "決定の全部を取り消したため。")]

    register_claims(claims)
    try:
        return order_refund(
            actor=world.actor(Role.DECIDER),
            award=award,
            claim_key="revoked",
            due_on=DUE,
            reason="他の用途に使用したため。",
            number=world.numbered()["document_number"],
            issued_on=issued_on,
        )
    finally:
        _find.remove(claims)


def pay(world: World, order: RefundOrder, amount: int, on: date) -> None:
    record_repayment(actor=world.actor(Role.DECIDER), order=order, amount=amount, paid_on=on)


def test_19_two_part_payments_and_the_second_late(world: World, order: RefundOrder) -> None:
    """Worked example C, from rows to the notice, to the yen."""
    decider = world.actor(Role.DECIDER)
    pay(world, order, 500_000, DUE)
    with pytest.raises(Refused, match="返還額の全部が納付されてから"):
        notify_interest(
            actor=decider,
            order=order,
            number=world.numbered()["document_number"],
            issued_on=timezone.localdate(),
        )
    pay(world, order, 734_567, LATE)
    with pytest.raises(Refused, match="107,947円"):
        perform(RefundOrder, order.pk, "settle", decider)
    notice = notify_interest(
        actor=decider,
        order=order,
        number=world.numbered()["document_number"],
        issued_on=timezone.localdate(),
    )
    assert (notice.additional, notice.late) == (100_455, 7_492)
    pay(world, order, 107_947, LATE + timedelta(days=10))
    assert perform(RefundOrder, order.pk, "settle", decider).subject.state == "settled"
    drain()
    papers = Document.objects.filter(kind__in=("notice_of_refund", "notice_of_interest"))
    assert sorted(papers.values_list("kind", "state")) == [
        ("notice_of_interest", "ready"),
        ("notice_of_refund", "ready"),
    ]


def test_money_beyond_what_is_owed_is_not_recorded(world: World, order: RefundOrder) -> None:
    with pytest.raises(Refused, match="超えています"):
        pay(world, order, 2_000_000, DUE)
    assert not order.repayments.exists()


@pytest.mark.parametrize(
    ("on", "said"),
    [
        pytest.param(ISSUED - timedelta(days=1), "返還を命じた日以後", id="命令より前"),
        pytest.param(timezone.localdate() + timedelta(days=1), "今日以前", id="明日より後"),
    ],
)
def test_the_day_of_a_payment_can_be(world: World, order: RefundOrder, on: date, said: str) -> None:
    with pytest.raises(Refused, match=said):
        pay(world, order, 1, on)


def test_a_record_taken_back_counts_no_more_and_stays(world: World, order: RefundOrder) -> None:
    pay(world, order, 500_000, DUE)
    repayment = order.repayments.get()
    undo_repayment(actor=world.actor(Role.DECIDER), repayment=repayment, reason="別の県の納付。")
    found = calculation_of(order, DUE)
    assert (found.paid, order.repayments.count()) == (0, 1)
    with pytest.raises(Refused, match="すでに取り消されています"):
        undo_repayment(actor=world.actor(Role.DECIDER), repayment=repayment, reason="再度。")


def test_19_3_what_is_exempted_need_not_be_paid(world: World, order: RefundOrder) -> None:
    decider = world.actor(Role.DECIDER)
    pay(world, order, 500_000, DUE)
    pay(world, order, 734_567, LATE)
    for kind, amount in (("additional", 100_455), ("late", 7_492)):
        exempt(
            actor=decider,
            order=order,
            kind=kind,
            amount=amount,
            reason="災害により納付できなかった。",
            number=world.numbered()["document_number"],
            decided_on=timezone.localdate(),
        )
    with pytest.raises(Refused, match="納付すべき加算金・延滞金はありません"):
        notify_interest(
            actor=decider,
            order=order,
            number=world.numbered()["document_number"],
            issued_on=timezone.localdate(),
        )
    assert perform(RefundOrder, order.pk, "settle", decider).subject.state == "settled"


def test_no_more_is_exempted_than_is_counted(world: World, order: RefundOrder) -> None:
    pay(world, order, 1_234_567, DUE)
    with pytest.raises(Refused, match="免除額は"):
        exempt(
            actor=world.actor(Role.DECIDER),
            order=order,
            kind="late",
            amount=1,
            reason="遅れていない。",
            number=world.numbered()["document_number"],
            decided_on=timezone.localdate(),
        )


def test_19_3_what_was_paid_is_not_exempted(world: World, order: RefundOrder) -> None:
    """Of both interests all but 1,000 yen were paid: no more can be forgiven."""
    pay(world, order, 1_234_567, LATE)
    pay(world, order, calculation_of(order, LATE).left - 1_000, LATE + timedelta(days=1))
    given: dict[str, Any] = {
        "actor": world.actor(Role.DECIDER),
        "order": order,
        "kind": "additional",
        "reason": "災害により納付できなかった。",
        "decided_on": timezone.localdate(),
    }
    with pytest.raises(Refused, match="1,000円以下"):
        exempt(**given, amount=1_001, number=world.numbered()["document_number"])
    exempt(**given, amount=1_000, number=world.numbered()["document_number"])
    assert calculation_of(order, LATE).left == calculation_of(order, LATE).overpaid == 0


def told(world: World, order: RefundOrder) -> InterestNotice:
    """Paid whole, the second half late; the interest notified."""
    pay(world, order, 500_000, DUE)
    pay(world, order, 734_567, LATE)
    return notify_interest(
        actor=world.actor(Role.DECIDER),
        order=order,
        number=world.numbered()["document_number"],
        issued_on=timezone.localdate(),
    )


def test_19_nothing_is_recorded_before_the_day_that_the_notice_rests_on(
    world: World, order: RefundOrder
) -> None:
    told(world, order)
    with pytest.raises(Refused, match="納付の日は、その日以後"):
        pay(world, order, 1, LATE - timedelta(days=1))
    pay(world, order, 1, LATE)
    found = calculation_of(order, timezone.localdate())
    assert (found.additional_yen, found.late_yen, found.left) == (100_455, 7_492, 107_946)


def test_19_what_was_notified_is_owed_whatever_the_rate_is_later(
    world: World, order: RefundOrder
) -> None:
    notice = told(world, order)
    world.programme.values.filter(key="interest_rate").update(text="20")
    order = RefundOrder.objects.get(pk=order.pk)
    found = calculation_of(order, timezone.localdate())
    assert found.late_counted > notice.late
    assert found.left == notice.additional + notice.late
    with pytest.raises(Refused, match="1円超えて"):
        pay(world, order, found.left + 1, LATE)


def test_a_record_after_the_notice_is_taken_back_and_one_before_it_stays(
    world: World, order: RefundOrder
) -> None:
    ensure_cache_table()
    told(world, order)
    pay(world, order, 7_492, LATE)
    before, _, after = order.repayments.order_by("recorded_at")
    decider = world.actor(Role.DECIDER)
    page = client_of(decider).get(order.get_absolute_url()).content.decode()
    undo = {one.pk: reverse("refunds:undo", args=[one.pk]) in page for one in (before, after)}
    assert undo == {before.pk: False, after.pk: True}
    with pytest.raises(Refused, match="通知する前の納付"):
        undo_repayment(actor=decider, repayment=before, reason="誤り。")
    undo_repayment(actor=decider, repayment=after, reason="誤り。")
    assert calculation_of(order, LATE).left == 107_947


def test_an_order_comes_after_what_it_asks_back(world: World, award: Award) -> None:
    with pytest.raises(Refused, match="最後の受領の日"):
        ordered(world, award, issued_on=FIRST - timedelta(days=1))


def test_an_order_is_not_late_when_it_goes_out(world: World) -> None:
    ensure_cache_table()
    award = closing.award_of(world)
    closing.pay(world, award)
    closing.settled(world, award, share=80)
    today = timezone.localdate()
    typed = {
        "claim": "overpaid",
        "reason": "確定額を超えて受領しているため。",
        "document_number": "府孤推第777号",
        "issued_on": (today - timedelta(days=1)).isoformat(),
        "due_on": today.isoformat(),
    }
    address = reverse("refunds:order_refund", args=[award.pk])
    answer = client_of(world.actor(Role.DECIDER)).post(address, typed)
    assert answer.status_code == 422
    assert "明日以後の日付" in answer.content.decode()
    assert not RefundOrder.objects.exists()


def test_19_2_before_the_day_the_page_says_when_it_would_grow(world: World) -> None:
    """18条2項 carries no 加算金: until 納期日 nothing grows, from the next day 延滞金 does."""
    ensure_cache_table()
    award = closing.award_of(world)
    closing.pay(world, award)
    closing.settled(world, award, share=80)
    order = closing.order_overpaid(world, award)
    client = client_of(world.actor(Role.DECIDER))
    page = client.get(order.get_absolute_url()).content.decode()
    assert "毎日増えます" not in page
    assert "過ぎると、翌日から延滞金がかかります" in page
    assert "いまは、加算金・延滞金はありません" in page
    late = order.due_on + timedelta(days=1)
    assert explained_on(order, late)["grows"]
    assert not explained_on(order, order.due_on)["grows"]


@pytest.mark.parametrize("act", ["record", "exempt"])
def test_a_second_click_records_nothing(world: World, order: RefundOrder, act: str) -> None:
    ensure_cache_table()
    today = timezone.localdate().isoformat()
    typed = {
        "record": {"amount": "1000", "paid_on": today},
        "exempt": {
            "kind": "additional",
            "amount": "1000",
            "reason": "災害により納付できなかった。",
            "document_number": "府孤推第777号",
            "decided_on": today,
        },
    }[act]
    client, address = (
        client_of(world.actor(Role.DECIDER)),
        reverse(f"refunds:{act}", args=[order.pk]),
    )
    hidden = re.search(r'name="request_key" value="([^"]+)"', client.get(address).content.decode())
    assert hidden is not None
    typed["request_key"] = hidden[1]
    for _ in range(2):
        assert client.post(address, typed).status_code == 302
    rows = {"record": order.repayments, "exempt": order.exemptions}[act]
    assert rows.count() == 1
    assert Event.objects.filter(verb=f"refunds.{act}").count() == 1
    typed["request_key"] = str(uuid4())
    typed["document_number"] = "府孤推第778号"
    assert client.post(address, typed).status_code == 302
    assert rows.count() == 2


def test_a_payment_under_an_order_is_not_taken_back(world: World, order: RefundOrder) -> None:
    payment = order.award.payments.get()
    with pytest.raises(Refused, match="返還命令があります"):
        undo_payment(actor=world.actor(Role.DECIDER), payment=payment, reason="誤り。")


def test_a_claim_that_is_gone_is_not_ordered_twice(world: World, award: Award) -> None:
    with pytest.raises(Refused, match="もうありません"):
        closing.order_overpaid(world, award)


def test_a_wrong_payment_is_taken_back_and_frees_its_money(world: World) -> None:
    award = closing.award_of(world)
    wrong = closing.pay(world, award)
    with pytest.raises(Refused, match="残り"):
        closing.pay(world, award, 1)
    undo_payment(actor=world.actor(Role.DECIDER), payment=wrong, reason="二重に記録した。")
    assert closing.pay(world, award).amount == award.amount


@pytest.mark.parametrize(
    ("days", "said"),
    [pytest.param(-1, "交付決定の日以後", id="決定より前"), pytest.param(1, "今日以前", id="明日")],
)
def test_a_payment_is_recorded_after_it_was_made(world: World, days: int, said: str) -> None:
    award = closing.award_of(world)
    with pytest.raises(Refused, match=said):
        record_payment(
            actor=world.actor(Role.DECIDER),
            award=award,
            kind="advance",
            amount=1,
            paid_on=timezone.localdate() + timedelta(days=days),
        )
