"""From the decision to its revocation: interest, a refund in two part payments, and the end (17条–19条)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from grants.awards.api import Award
from grants.payments.api import Payment
from grants.refunds.api import RefundOrder, calculation_of
from grants.revocations.api import Revocation
from portal.access.api import Role
from portal.documents.api import Document
from tests.grants import closing
from tests.running import wait_for
from tests.world import World

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Visitor]


def received(world: World, award: Award) -> None:
    """Thirty days ago, so that 加算金 has something to run over."""
    decider = world.actor(Role.DECIDER)
    Payment.objects.create(
        award=award,
        kind="advance",
        amount=award.amount,
        paid_on=timezone.localdate() - timedelta(days=30),
        recorded_by_id=decider.user_id,
        recorded_by_name=decider.name,
    )


def revoke(v: Visitor, award: Award) -> Revocation:
    v.goto(f"/settlements/awards/{award.pk}/")
    v.press("交付の決定を取り消す")
    v.tick("ground", "revoked_body")
    v.fill(after="0", provision="交付の条件1", document_number="府孤推第601号")
    v.press("決定を取り消す")
    assert v.says("理由"), "21条の2: without a reason nothing is revoked"
    v.fill(reason="交付金を他の用途に使用したため。")
    v.press("決定を取り消す")
    assert v.says("取消通知書を作成しています")
    found: Revocation = Revocation.objects.select_related("award").get(award=award)
    return found


def order(v: Visitor, award: Award) -> RefundOrder:
    v.goto(f"/settlements/awards/{award.pk}/")
    v.press("返還を命ずる")
    v.fill(reason="決定を取り消したため。", document_number="府孤推第602号")
    v.press("返還を命ずる")
    found: RefundOrder = RefundOrder.objects.get(award=award)
    v.goto(found.get_absolute_url())
    assert v.says("毎日増えます"), "加算金 runs from the receipt"
    return found


def pay(v: Visitor, made: RefundOrder, amount: int) -> None:
    v.goto(made.get_absolute_url())
    v.press("納付を記録する")
    v.fill(amount=f"{amount:,}")
    v.press("納付を記録する")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_decision_to_its_revocation_and_the_end(
    world: World, worker: subprocess.Popen[bytes], visit: Enter, has_scripts: bool
) -> None:
    award = closing.award_of(world)
    received(world, award)
    decider = visit("decider@cao.example", has_scripts)
    revocation = revoke(decider, award)
    made = order(decider, award)
    assert made.amount == award.amount
    half = made.amount // 2
    for amount in (half, made.amount - half):
        pay(decider, made, amount)
    interest = calculation_of(made, timezone.localdate())
    assert interest.additional_yen > 0
    decider.goto(made.get_absolute_url())
    decider.press("加算金・延滞金を通知する")
    decider.fill(document_number="府孤推第603号")
    decider.press("加算金・延滞金を通知する")
    pay(decider, made, interest.additional_yen)
    decider.press("納付の完了を確認する")
    decider.press("納付の完了を確認する")
    decider.goto(f"/settlements/awards/{award.pk}/")
    decider.press("取消しの手続を終える")
    decider.press("取消しの手続を終える")
    revocation.refresh_from_db()
    assert revocation.state == "closed"
    kinds = ("notice_of_revocation", "notice_of_refund", "notice_of_interest")
    wait_for(
        lambda: Document.objects.filter(kind__in=kinds, state="ready").count() == len(kinds), 60
    )
    approver = visit("approver@nagano.example", has_scripts)
    approver.goto(f"/settlements/awards/{award.pk}/")
    assert approver.says("決定取消通知書（府孤推第601号）")
    assert approver.says("返還命令書（府孤推第602号）")
    assert approver.says("加算金・延滞金の通知書（府孤推第603号）")
