"""財産処分 (適正化法22条): asked for, decided by somebody else, done, reported, and paid for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.awards.api import Award
from grants.changes.api import save_statement
from grants.filings.api import Filing
from grants.guideline.api import Subject, judge
from grants.kinds.disposal.requirements import DisposalSubject
from grants.payments.api import net_paid
from grants.properties.api import Asset, DisposalRequest, rows_of, start_disposal
from grants.refunds.api import claims_on, order_refund
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.dates import Period
from portal.core.problems import Refused
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.properties.buying import buy
from tests.world import World, client_of, ensure_cache_table

DAY = date(2026, 9, 1)
ASKED: dict[str, Any] = {
    "kind": "transfer",
    "planned_on": DAY,
    "counterpart": "○○市",
    "proceeds": 0,
    "reason": "事業を市に引き継ぐため。",
    "afterwards": "市が同じ目的で使う。",
    "ends_on": DAY,
    "today": DAY,
    "returned": 0,
    "is_blanket": False,
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, set(), id="22条-whole"),
        pytest.param({"kind": ""}, {"disposal.whole"}, id="22条-kind"),
        pytest.param({"planned_on": None}, {"disposal.whole"}, id="22条-day"),
        pytest.param({"reason": " "}, {"disposal.whole"}, id="22条-reason"),
        pytest.param({"counterpart": ""}, {"disposal.parties"}, id="22条-counterpart"),
        pytest.param({"afterwards": ""}, {"disposal.parties"}, id="22条-use"),
        pytest.param(
            {"kind": "discard", "counterpart": "", "afterwards": ""}, set(), id="22条-scrapped"
        ),
        pytest.param({"today": DAY + timedelta(days=1)}, {"disposal.days"}, id="22条-before"),
        pytest.param({"ends_on": DAY - timedelta(days=1)}, {"disposal.days"}, id="令14条-free"),
        pytest.param({"is_blanket": True}, {"disposal.needed"}, id="包括-needless"),
    ],
)
def test_what_a_request_must_say(changed: dict[str, Any], said: set[str]) -> None:
    found = judge(Subject.DISPOSAL, DisposalSubject(**{**ASKED, **changed}))
    assert {one.requirement.id for one in found if not one.is_met} == said


@pytest.fixture
def award(world: World) -> Award:
    award = closing.award_of(world)
    closing.pay(world, award)
    return award


def write(world: World, asset: Asset, **given: Any) -> Filing:
    drafter = world.actor(Role.DRAFTER, asset.grantee)
    filing = start_disposal(actor=drafter, asset=asset)
    request = DisposalRequest.objects.get(filing=filing)
    values = {
        "kind": "discard",
        "planned_on": timezone.localdate(),
        "counterpart": "",
        "proceeds": 0,
        "reason": "落下して壊れ、修理できないため。",
        "afterwards": "",
    }
    save_statement(
        actor=drafter,
        statement=request,
        seen_version=request.version,
        values={**values, **given},
    )
    return filing


def review(world: World, filing: Filing) -> Filing:
    filing = world.begin_review(world.submit(filing))
    reviewer = world.actor(Role.REVIEWER)
    return world.act(filing, "finish_review", reviewer, opinion="やむを得ない。").subject


def approve(world: World, filing: Filing, returned: int, **given: Any) -> Filing:
    data = {
        **world.numbered(),
        "returned": returned,
        "returned_reason": "",
        "conditions": [],
        "confirmed": True,
        **given,
    }
    return world.act(filing, "approve_disposal", world.actor(Role.DECIDER), **data).subject


def dispose(world: World, asset: Asset, **given: Any) -> Asset:
    data = {
        "disposal_kind": "discard",
        "disposed_on": timezone.localdate(),
        "proceeds": 0,
        "closing_note": "業者に引き渡した。",
        **given,
    }
    drafter = world.actor(Role.DRAFTER, asset.grantee)
    return perform(Asset, asset.pk, "dispose", drafter, data=data).subject


def text_of(kind: str) -> str:
    drain()
    document = Document.objects.filter(kind=kind).latest("created_at")
    pages = PdfReader(BytesIO(read_file(document))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.django_db
def test_22_from_the_request_to_the_order(world: World, award: Award) -> None:
    """500,000円の端末を取得の日に廃棄する: 残存価額は500,000円、その1/2の250,000円を納付する."""
    asset = buy(world, award)
    filing = review(world, write(world, asset))
    assert "処分の内容" not in text_of("disposal")
    assert "500,000×（4年−経過した0年）／4年、１円未満切捨て" in text_of("disposal")
    with pytest.raises(Refused, match="手続中"):
        dispose(world, asset)
    approve(world, filing, 250_000)
    assert not claims_on(award), "asked back once the disposal was recorded"
    with pytest.raises(Refused, match="承認を受けてから"):
        dispose(world, asset, disposal_kind="transfer")
    with pytest.raises(Refused, match="承認を受けてから"):
        dispose(world, asset, proceeds=1)
    gone = dispose(world, asset)
    assert (gone.state, gone.disposed_under) == ("disposed", "approved")
    assert gone.reported_at is not None
    [claim] = claims_on(award)
    assert (claim.ground, claim.amount) == ("disposal", 250_000)
    before, numbered = net_paid(award), world.numbered()
    order_refund(
        actor=world.actor(Role.DECIDER),
        award=award,
        claim_key=claim.key,
        due_on=timezone.localdate() + timedelta(days=20),
        reason="財産の処分の承認に付した条件による。",
        number=numbered["document_number"],
        issued_on=numbered["issued_on"],
    )
    assert not claims_on(award)
    assert net_paid(award) == before
    assert "金250,000円" in text_of("notice_of_disposal")
    refund = text_of("notice_of_refund")
    assert "第22条の規定による承認に付した条件に基づき" in refund
    assert "加算金" not in refund
    assert verify() == []


@pytest.mark.django_db
def test_who_reviewed_does_not_decide(world: World, award: Award) -> None:
    filing = review(world, write(world, buy(world, award)))
    reviewer = world.actor(Role.REVIEWER)
    both = world.cast.add(
        world.office, Role.DECIDER, reviewer.name, "both@cao.example", signs_in=False
    )
    as_decider = replace(both, user_id=reviewer.user_id)
    data = {
        **world.numbered(),
        "returned": 0,
        "returned_reason": "理由",
        "conditions": [],
        "confirmed": True,
    }
    with pytest.raises(Refused):
        world.act(filing, "approve_disposal", as_decider, **data)


@pytest.mark.django_db
def test_a_refusal_leaves_the_property_bound(world: World, award: Award) -> None:
    asset = buy(world, award)
    filing = review(world, write(world, asset))
    data = {**world.numbered(), "reason": "修理すれば使えるため。"}
    found = world.act(filing, "refuse_disposal", world.actor(Role.DECIDER), **data).subject
    assert found.state == "declined"
    assert "修理すれば使えるため。" in text_of("notice_of_disposal_refusal")
    with pytest.raises(Refused, match="承認を受けてから"):
        dispose(world, asset)
    assert start_disposal(actor=world.actor(Role.DRAFTER), asset=asset) != filing


@pytest.mark.django_db
def test_another_amount_than_was_computed_says_why(world: World, award: Award) -> None:
    asset = buy(world, award)
    filing = review(world, write(world, asset))
    with pytest.raises(Refused, match="取得価額"):
        approve(world, filing, 500_001)
    approve(world, filing, 0, returned_reason="災害により失われたため、納付を要しない。")
    dispose(world, asset)
    assert not claims_on(award)
    assert "納付を要しない" in text_of("notice_of_disposal")


@pytest.mark.django_db
def test_pages_from_the_register_to_the_notice(world: World, award: Award) -> None:
    ensure_cache_table()
    asset = buy(world, award)
    drafter = client_of(world.actor(Role.DRAFTER))
    stranger = client_of(world.actor(Role.DRAFTER, world.tottori))
    decider = client_of(world.actor(Role.DECIDER))
    start = reverse("disposal:start", args=[asset.pk])
    assert stranger.post(start).status_code == 404
    assert decider.post(start).status_code == 403
    edit = drafter.post(start)["Location"]
    assert drafter.post(start)["Location"] == edit, "a second click finds the first"
    assert stranger.get(edit).status_code == 404
    today = timezone.localdate()
    typed = {
        "form_version": 1,
        "kind": "transfer",
        "planned_on": f"{today.year}年{today.month}月{today.day}日",
        "proceeds": "600,000",
        "reason": "使う見込みがないため。",
    }
    assert drafter.post(edit, typed).status_code == 302
    page = drafter.get(edit).content.decode()
    assert "処分の相手方を入力してください" in page
    assert "250,000" in page, "never above the state's share of the price"
    filing = review(world, write(world, asset))
    act = filing.transition_url("approve_disposal")
    shown = decider.get(act).content.decode()
    assert "業務用端末" in shown
    wrong = {"returned": "1", "document_number": "府孤推第9771号", "confirmed": "on"}
    day = f"{today.year}年{today.month}月{today.day}日"
    wrong |= {"decided_on": day, "issued_on": day, "version": filing.version}
    assert decider.post(act, wrong).status_code == 422
    answer = decider.post(act, {**wrong, "returned": "250,000"})
    assert answer.status_code == 302
    register = drafter.get(asset.get_absolute_url()).content.decode()
    assert "承認を受けています" in register


@pytest.mark.django_db
def test_an_approval_waits_for_the_report_and_is_late_after_a_month(
    world: World, award: Award
) -> None:
    asset = buy(world, award)
    approve(world, review(world, write(world, asset)), 250_000)
    today = timezone.localdate()
    last = Period(months=1).last_day(today)
    with time_machine.travel(f"{last} 23:59+09:00", tick=False):
        [row] = rows_of(Asset.objects.all())
        assert row.awaits_report
        assert not row.is_report_late
    with time_machine.travel(f"{last + timedelta(days=1)} 00:00+09:00", tick=False):
        [row] = rows_of(Asset.objects.all())
        assert row.is_report_late
    dispose(world, asset)
    [row] = rows_of(Asset.objects.all())
    assert not row.awaits_report
    assert not row.is_report_late
