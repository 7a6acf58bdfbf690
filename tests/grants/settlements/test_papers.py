"""What the papers of the end say, as text: amounts, articles, periods, reasons."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from grants.payments.api import Payment
from grants.refunds.api import notify_interest, record_repayment
from portal.access.api import Role
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.revocations.test_revocations import order_it, take_back
from tests.world import World

pytestmark = pytest.mark.django_db


def text_of(kind: str) -> str:
    document: Document = Document.objects.get(kind=kind)
    pages = PdfReader(io.BytesIO(read_file(document))).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


def test_the_report_and_the_notice_of_the_fixed_amount(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award)
    _, settlement = closing.settled(world, award, share=90, cut=10_000)
    drain()
    report = text_of("performance")
    assert "実績報告書" in report
    assert "第14条の規定により" in report
    assert "精算額調書" in report
    notice = text_of("notice_of_settlement")
    assert f"金{settlement.amount:,}円" in notice
    assert "第15条の規定により" in notice
    assert "領収書のない支出がある。" in notice
    assert "交付要綱（証拠書類）" in notice
    assert f"{award.amount - settlement.amount:,}円については" in notice
    assert "30日以内" in notice


def test_the_papers_of_a_revocation_and_its_refund(world: World) -> None:
    award, decider = closing.award_of(world), world.actor(Role.DECIDER)
    today = timezone.localdate()
    Payment.objects.create(
        award=award,
        kind="advance",
        amount=award.amount,
        paid_on=today - timedelta(days=100),
        recorded_by_id=decider.user_id,
        recorded_by_name=decider.name,
    )
    take_back(world, award)
    order = order_it(world, award, due_in=-10, ordered_ago=30)
    record_repayment(actor=decider, order=order, amount=order.amount, paid_on=today)
    notice = notify_interest(
        actor=decider,
        order=order,
        number=world.numbered()["document_number"],
        issued_on=today,
    )
    drain()
    revoked = text_of("notice_of_revocation")
    assert "第17条第１項の規定により" in revoked
    assert "決定の全部を取り消した" in revoked
    assert "交付金を他の用途に使用したため。" in revoked
    ordered = text_of("notice_of_refund")
    assert "第18条第１項の規定により" in ordered
    assert f"金{order.amount:,}円" in ordered
    assert "年10.95％" in ordered
    interest = text_of("notice_of_interest")
    assert f"金{notice.additional:,}円" in interest
    assert f"金{notice.late:,}円" in interest
    assert "101" in interest
    assert "第25条" in interest


def test_18_1_what_a_revocation_took_back_is_not_asked_for_again(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award)
    received, kept = int(award.amount), int(award.amount) - 1_000_000
    take_back(world, award, after=kept)
    order_it(world, award)
    award.refresh_from_db()
    _, settlement = closing.settled(world, award)
    assert settlement.amount == kept
    drain()
    notice = text_of("notice_of_settlement")
    assert f"４受入済額{received:,}円（うち返還を命じた額1,000,000円）" in notice
    assert "５過不足なし" in notice
    report = text_of("performance")
    assert "返還を命じた額" in report
