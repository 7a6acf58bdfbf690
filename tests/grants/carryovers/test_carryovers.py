"""繰越し from the first page to the next year's payment: deadlines, money by year, strangers."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.awards.api import Award, last_day_of
from grants.carryovers.api import (
    Carried,
    Carryover,
    YearEnd,
    give_up,
    start_carryover,
    start_year_end,
    year_money,
)
from grants.claims.api import limit_of
from grants.filings.api import Filing
from grants.funds.api import record_step, totals_of
from grants.funds.april import standings
from grants.kinds.performance.panels import to_report
from grants.payments.api import record_payment
from portal.access.api import Role
from portal.audit.api import verify
from portal.audit.models import Event
from portal.core.dates import FiscalYear
from portal.core.problems import Refused
from portal.documents.api import Document, read_file
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.carryovers import carrying
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(world: World) -> Award:
    return closing.award_of(world)


def text_of(kind: str) -> str:
    drain()
    document = Document.objects.filter(kind=kind).latest("created_at")
    pages = PdfReader(BytesIO(read_file(document))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def year_of(award: Award) -> FiscalYear:
    return FiscalYear(award.programme.fiscal_year)


def at(day: date) -> Any:
    return time_machine.travel(f"{day.isoformat()} 10:00+09:00", tick=True)


def pay(world: World, award: Award, amount: int, on: date) -> None:
    record_payment(
        actor=world.actor(Role.DECIDER), award=award, kind="advance", amount=amount, paid_on=on
    )


def test_written_filed_and_approved_with_its_papers(world: World, award: Award) -> None:
    ensure_cache_table()
    drafter = client_of(world.actor(Role.DRAFTER))
    start = reverse("carryover:start", args=[award.pk])
    assert drafter.post(start).status_code == 302
    carryover = Carryover.objects.get()
    edit = reverse("carryover:edit", args=[carryover.pk])
    assert drafter.post(start).url == edit, "a second click finds the first"
    page = drafter.get(edit).content.decode()
    assert "繰り越す額を、1つ以上の積算内訳に入力してください。" in page
    row = max((r for r in carryover.rows.all() if r.is_eligible), key=lambda r: r.base)
    form = {
        "kind": "granted",
        "cause": "資材の入手難",
        "reason": "改修の資材が届かないため。",
        "progress": "設計を終えた。",
        "schedule": "6月に開設する。",
        "last_day": date(year_of(award).following, 8, 31).isoformat(),
        "resolved_on": year_of(award).end.isoformat(),
        f"{row.uid}-national": "６００，０００",
        f"{row.uid}-own": "602000",
        "form_version": "1",
    }
    assert drafter.post(edit, form | {"form_version": "9"}).status_code == 409
    assert drafter.post(edit, form).status_code == 302
    filing = carrying.reviewed(world, Filing.objects.get(kind="carryover"))
    assert filing.receipt_number.endswith("-F-0001")
    assert filing.requested_amount == 600_000
    decider = client_of(world.actor(Role.DECIDER))
    url = filing.transition_url("approve_carryover")
    assert "承認する積算内訳" in decider.get(url).content.decode()
    carried = carrying.approve(world, filing)
    assert (carried.national, carried.own, carried.state_amount) == (600_000, 602_000, 600_000)
    assert last_day_of(award) == date(year_of(award).following, 8, 31)
    notice = text_of("notice_of_carryover")
    assert "金600,000円" in notice
    assert "明許繰越" in notice
    assert "翌年度に繰り越すことの承認を申し出る" in text_of("carryover")
    event = Event.objects.filter(verb="filings.carryover.approve_carryover").latest("at")
    assert event.data["said"]["財務大臣の承認"].endswith("財計第12号")
    assert verify() == []
    page = client_of(world.actor(Role.AUDITOR)).get(reverse("carryover:list")).content.decode()
    assert "600,000" in page


def test_43_the_minister_approves_before_the_office_does(world: World, award: Award) -> None:
    ensure_cache_table()
    filing = carrying.reviewed(world, carrying.write(world, award))
    decider = client_of(world.actor(Role.DECIDER))
    url = filing.transition_url("approve_carryover")
    line = filing.versions.latest("number").content["lines"][0]["line_uid"]
    today = timezone.localdate()
    typed = {
        "lines": [line],
        "document_number": "府孤推第77号",
        "decided_on": today.isoformat(),
        "issued_on": today.isoformat(),
        "confirmed": "on",
    }
    answer = decider.post(url, typed)
    assert answer.status_code == 422
    assert "財務大臣の承認の番号を入力してください。" in answer.content.decode()
    late = {"minister_on": (today + timedelta(days=1)).isoformat(), "minister_number": "財計第1号"}
    assert "決裁日以前の日付" in decider.post(url, typed | late).content.decode()
    assert not Carried.objects.exists()


def test_a_refusal_says_why_and_carries_nothing(world: World, award: Award) -> None:
    filing = carrying.reviewed(world, carrying.write(world, award))
    data = {**world.numbered(), "reason": "年度内に終えることができる。"}
    world.act(filing, "refuse_carryover", world.actor(Role.DECIDER), **data)
    assert not Carried.objects.exists()
    assert "年度内に終えることができる。" in text_of("notice_of_carryover_refusal")


def test_the_deadlines_and_the_home_page_follow(world: World, award: Award) -> None:
    carrying.carried(world, award)
    year = year_of(award)
    drafter = world.actor(Role.DRAFTER)
    with at(date(year + 1, 4, 2)):
        assert to_report(drafter) is None, "the work goes on"
    with at(date(year + 2, 3, 2)):
        found = to_report(drafter)
        assert found is not None
        [(_, _, due, _, otherwise)] = found["rows"]
        assert due.day == date(year + 2, 4, 10)
        assert otherwise.day == date(year + 2, 4, 30)


def test_42_each_years_money_is_claimed_and_paid_in_its_year(world: World, award: Award) -> None:
    year, decided = year_of(award), int(award.amount)
    carrying.carried(world, award)
    own = decided - 600_000
    assert limit_of(award).left == own
    assert limit_of(award).closed == 600_000
    today = timezone.localdate()
    with pytest.raises(Refused, match="この支払日に支払えるのは"):
        pay(world, award, own + 1, today)
    pay(world, award, own, today)
    assert limit_of(award).left == 0
    with at(date(year + 1, 3, 31)), pytest.raises(Refused, match="繰越し"):
        pay(world, award, 1, date(year + 1, 3, 31))
    with at(date(year + 1, 4, 1)):
        assert limit_of(award).left == 600_000
        pay(world, award, 400_000, date(year + 1, 4, 1))
        assert limit_of(award).left == 200_000
        totals, next_year = totals_of(award.programme_id), year_money(year + 1)
        assert (totals.paid, totals.carried) == (own, 600_000)
        assert (next_year.brought, next_year.brought_paid) == (600_000, 400_000)
        assert next_year.brought_left == 200_000
    with at(date(year + 2, 5, 1)):
        assert limit_of(award).left == 0, "the year of what was carried is over too"


def test_the_ledger_of_its_own_year_keeps_what_was_carried(world: World, award: Award) -> None:
    decider, today = world.actor(Role.DECIDER), timezone.localdate()
    for step in ("appropriation", "allotment", "commitment"):
        record_step(
            actor=decider,
            programme=award.programme,
            step=step,
            acted_on=today,
            document_number=f"府会第{step}号",
            amount=int(award.amount),
        )
    carrying.carried(world, award)
    totals = totals_of(award.programme_id)
    assert totals.to_pay == int(award.amount) - 600_000
    page = client_of(world.actor(Role.AUDITOR)).get(reverse("funds:year")).content.decode()
    assert "翌年度へ繰り越した額" in page
    year = year_of(award)
    with at(date(year + 1, 6, 1)):
        pay(world, award, 600_000, date(year + 1, 6, 1))
        assert totals_of(award.programme_id).paid == 0, "out of the next year's"


def test_what_the_body_was_paid_already_is_not_carried_by_the_state(
    world: World, award: Award
) -> None:
    closing.pay(world, award, int(award.amount) - 100_000)
    carried = carrying.carried(world, award)
    assert (carried.national, carried.state_amount) == (600_000, 100_000)
    assert limit_of(award).left == 0


def test_a_part_is_approved_line_by_line(world: World, award: Award) -> None:
    ensure_cache_table()
    filing = carrying.reviewed(world, carrying.write(world, award))
    lines = [line["line_uid"] for line in filing.versions.latest("number").content["lines"]]
    assert len(lines) == 1
    with pytest.raises(Exception, match="carries_something"), transaction.atomic():
        carrying.approve(world, filing, lines=[])
    assert carrying.approve(world, filing).lines.count() == 1


def test_once_more_only_as_an_accident_and_only_what_a_contract_bound(
    world: World, award: Award
) -> None:
    carrying.carried(world, award)
    drafter, year = world.actor(Role.DRAFTER), year_of(award)
    with pytest.raises(Refused, match="もう一度の申出は"):
        start_carryover(actor=drafter, award=award)
    with at(date(year + 1, 12, 1)):
        filing = start_carryover(actor=drafter, award=award)
        carryover = Carryover.objects.get(filing=filing)
        assert (carryover.step, carryover.from_year) == (2, year + 1)
        [row] = carryover.rows.all()
        assert row.base == 1_202_000
        world_filing = carrying.write(world, award, last_day=date(year + 2, 6, 30))
        with pytest.raises(Refused, match="事故繰越のときだけ"):
            world.submit(world_filing)


def test_given_up_within_the_year_and_not_after(world: World, award: Award) -> None:
    ensure_cache_table()
    carried = carrying.carried(world, award)
    approver = client_of(world.actor(Role.APPROVER))
    url = reverse("carryover:give_up", args=[carried.pk])
    assert client_of(world.actor(Role.DRAFTER)).get(url).status_code == 403
    assert approver.post(url, {"reason": ""}).status_code == 422
    with at(date(year_of(award) + 1, 4, 1)), pytest.raises(Refused, match="終わっているため"):
        give_up(actor=world.actor(Role.APPROVER), carried=carried, reason="早く終わった。")
    typed = {"reason": "年度内に終わる見込みになった。", "request_key": str(uuid4())}
    assert approver.post(url, typed).status_code == 302
    carried.refresh_from_db()
    assert carried.given_up_by_name
    assert limit_of(award).left == int(award.amount)
    assert last_day_of(award) == year_of(award).end
    assert approver.get(url).status_code == 403
    assert carrying.carried(world, award, 300_000).step == 1, "it may be asked for anew"


def test_an_approval_cannot_be_rewritten(world: World, award: Award) -> None:
    carried = carrying.carried(world, award)
    with pytest.raises(DatabaseError), transaction.atomic():
        Carried.objects.filter(pk=carried.pk).update(national=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        carried.delete()


def test_another_prefecture_finds_none_of_it(world: World, award: Award) -> None:
    ensure_cache_table()
    carried = carrying.carried(world, award)
    draft = Carryover.objects.get()
    stranger = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert stranger.get(reverse("carryover:edit", args=[draft.pk])).status_code == 404
    assert stranger.post(reverse("carryover:start", args=[award.pk])).status_code == 404
    assert "600,000" not in stranger.get(reverse("carryover:list")).content.decode()
    boss = client_of(world.actor(Role.APPROVER, world.gifu))
    assert boss.get(reverse("carryover:give_up", args=[carried.pk])).status_code == 404


def test_the_list_asks_the_same_for_three_and_for_eight(world: World) -> None:
    ensure_cache_table()
    bodies = [world.bodies[f"{n:02}"] for n in range(1, 9)]
    client = client_of(world.actor(Role.AUDITOR))

    def asked() -> int:
        client.get(reverse("carryover:list"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("carryover:list")).content.decode()
        assert "明許繰越" in page
        return len(queries)

    for body in bodies[:3]:
        carrying.carried(world, closing.award_of(world, body), 300_000)
    at_three = asked()
    for body in bodies[3:]:
        carrying.carried(world, closing.award_of(world, body), 300_000)
    assert asked() == at_three


def test_14_a_year_that_ended_is_reported_on_and_april_waits(world: World, award: Award) -> None:
    """14条後段, 施行令8条: by 30 April; the real report follows, and nothing of it is late."""
    ensure_cache_table()
    carrying.carried(world, award)
    year, drafter = year_of(award), world.actor(Role.DRAFTER)
    with pytest.raises(Refused, match="まだ終わっていません"):
        start_year_end(actor=drafter, award=award)
    with at(date(year + 1, 4, 20)):
        [one] = standings(world.actor(Role.AUDITOR), award.programme, timezone.localdate())
        assert one.next.label == "年度終了の実績報告を提出する"
        assert (one.next.due_on, one.next.is_late) == (date(year + 1, 4, 30), False)
        client = client_of(drafter)
        assert "年度終了の報告を書く" in client.get(reverse("carryover:list")).content.decode()
        client.post(reverse("year_end:start", args=[award.pk]))
        report = YearEnd.objects.get()
        url = reverse("year_end:edit", args=[report.pk])
        page = client.get(url).content.decode()
        assert f"{year + 1}年4月30日" in page
        typed = {
            "summary": "会場を決め、設計を終えた。",
            "spent": "0",
            "outlook": "9月に終える。",
            "completes_on": date(year + 1, 9, 30).isoformat(),
            "form_version": "1",
        }
        assert client.post(url, typed).status_code == 302
        filing = world.submit(Filing.objects.get(kind="yearend"))
        world.act(filing, "accept", world.actor(Role.REVIEWER))
        with pytest.raises(Refused, match="すでにあります"):
            start_year_end(actor=drafter, award=award)
        [one] = standings(world.actor(Role.AUDITOR), award.programme, timezone.localdate())
        assert one.next.label == "繰越し：完了した後に、実績報告を提出する"
        assert one.next.due_on == date(year + 2, 4, 10)
        assert "会計年度が終了した時に完了していない" in text_of("year_end")
    with at(date(year + 1, 5, 1)):
        [one] = standings(world.actor(Role.AUDITOR), award.programme, timezone.localdate())
        assert not one.next.is_late


def test_14_a_year_whose_report_was_missed_is_reported_on_before_the_next(
    world: World, award: Award
) -> None:
    ensure_cache_table()
    carrying.carried(world, award)
    year, drafter = year_of(award), world.actor(Role.DRAFTER)
    with at(date(year + 2, 4, 20)):
        client = client_of(drafter)
        client.post(reverse("year_end:start", args=[award.pk]))
        missed = YearEnd.objects.get()
        assert (missed.fiscal_year, missed.filing.state) == (year, "draft")
        page = client.get(reverse("year_end:edit", args=[missed.pk])).content.decode()
        assert f"年度終了実績報告（{FiscalYear(year).label}）" in page
        assert start_year_end(actor=drafter, award=award) == missed.filing, "one at a time"
        Filing.objects.filter(pk=missed.filing_id).update(state="submitted")
        Filing.objects.filter(pk=missed.filing_id).update(state="accepted")
        following = YearEnd.objects.get(filing=start_year_end(actor=drafter, award=award))
        assert following.fiscal_year == year + 1


def test_14_an_award_that_was_not_carried_is_late(world: World, award: Award) -> None:
    with at(date(year_of(award) + 1, 4, 11)):
        [one] = standings(world.actor(Role.AUDITOR), award.programme, timezone.localdate())
        assert one.next.is_late
