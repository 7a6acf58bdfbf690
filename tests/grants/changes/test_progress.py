"""遂行状況報告 (適正化法12条): at the programme's days and on request; payments drawn, not typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.awards.api import Award
from grants.changes.api import (
    Due,
    ProgressCall,
    ProgressReport,
    call_for_progress,
    save_progress,
    start_progress,
)
from grants.changes.progress import draw_again
from grants.changes.rules import progress_days
from grants.filings.api import Filing
from grants.guideline.api import Subject, judge
from grants.kinds.progress.kind import ProgressSubject, Row
from grants.kinds.progress.standing import standings
from grants.records.api import PeriodReport
from grants.settlements.api import recorded_work
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.dates import FiscalYear
from portal.core.problems import Refused
from portal.documents.api import Document, read_file
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.contractors.test_money import accept_work, billed, declare, pay
from tests.grants.contracts import Deal, pair_of
from tests.grants.plans_of import terms
from tests.grants.records.test_months import record_of, submit
from tests.world import World, client_of, ensure_cache_table


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(((9, 30), (12, 31)), ["2026-09-30", "2026-12-31"], id="12条-autumn-and-end"),
        pytest.param(((3, 31), (6, 30)), ["2026-06-30", "2027-03-31"], id="12条-over-the-year"),
        pytest.param(((4, 1),), ["2026-04-01"], id="12条-first-day"),
        pytest.param((), [], id="12条-on-request-alone"),
    ],
)
def test_the_days_of_a_year(days: tuple[tuple[int, int], ...], expected: list[str]) -> None:
    found = progress_days(terms(progress_dates=days), FiscalYear(2026))
    assert [day.isoformat() for day in found] == expected


ROW = Row("1", "⑦ 居場所", 1_000, 400, 100, 500, 50, False, "")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, set(), id="12条-whole"),
        pytest.param({"percent": None}, {"progress.whole"}, id="12条-percent"),
        pytest.param({"direct": None}, {"progress.whole"}, id="12条-direct"),
        pytest.param({"is_late": True}, {"progress.late"}, id="12条-late-without-reason"),
        pytest.param({"is_late": True, "reason": "豪雨。"}, set(), id="12条-late-with-reason"),
        pytest.param({"expected": 501}, {"progress.within"}, id="7条1項1号-one-yen-over"),
        pytest.param({"percent": 70}, set(), id="12条-ahead-by-the-threshold"),
        pytest.param({"percent": 71}, {"progress.gap"}, id="12条-ahead-by-more"),
        pytest.param({"percent": 29}, {"progress.gap"}, id="12条-behind-by-more"),
        pytest.param(
            {"budget": 0, "contracted": 0, "direct": 0, "expected": 0, "percent": 100},
            set(),
            id="12条-no-budget",
        ),
    ],
)
def test_what_a_report_must_say(changed: dict[str, Any], said: set[str]) -> None:
    subject = ProgressSubject("", (replace(ROW, **changed),), 20)
    found = judge(Subject.PROGRESS, subject)
    assert {one.requirement.id for one in found if not one.is_met} == said


def today_due(reason: str = "求め") -> Due:
    today = timezone.localdate()
    return Due(today, today + timedelta(days=10), reason)


def call(world: World, award: Award) -> ProgressCall:
    """As of ten days ago, due in five."""
    today = timezone.localdate()
    call_for_progress(
        actor=world.actor(Role.REVIEWER),
        programme=award.programme,
        grantee=award.grantee,
        as_of=today - timedelta(days=10),
        due_on=today + timedelta(days=5),
        reason="確かめるため。",
    )
    return ProgressCall.objects.get()


def write(world: World, award: Award, due: Due | None = None) -> Filing:
    drafter = world.actor(Role.DRAFTER, award.grantee)
    filing = start_progress(actor=drafter, award=award, due=due or today_due())
    report = ProgressReport.objects.get(filing=filing)
    rows: dict[UUID, dict[str, Any]] = {
        row.uid: {"direct": 1_000, "expected": 0, "percent": 40, "is_late": False, "reason": ""}
        for row in report.rows.all()
    }
    save_progress(
        actor=drafter, report=report, seen_version=report.version, summary="順調。", rows=rows
    )
    return filing


@pytest.mark.django_db
def test_what_contracts_were_paid_is_drawn_from_their_records(deal: Deal) -> None:
    """By the day: what was paid later is not in it, and a later record is drawn in again."""
    contract = deal.concluded()
    invoice = billed(pair_of(deal, contract), contract, 300_000)
    accept_work(deal, contract, 300_000)
    declare(deal, contract, "start")
    due = Due(date(2024, 11, 5), date(2024, 12, 5), "")
    early = Due(date(2024, 11, 4), date(2024, 12, 4), "")
    filing = start_progress(actor=deal.drafter(), award=deal.award, due=due)
    report = ProgressReport.objects.get(filing=filing)
    assert {row.contracted for row in report.rows.all()} == {0}
    pay(deal, invoice, date(2024, 11, 5))
    assert draw_again(report=report) == 1
    assert draw_again(report=report) == 0
    uid = contract.activities.get().activity_uid
    assert {row.activity_uid: row.contracted for row in report.rows.all() if row.contracted} == {
        uid: 300_000
    }
    before = start_progress(actor=deal.drafter(), award=deal.award, due=early)
    assert not any(row.contracted for row in ProgressReport.objects.get(filing=before).rows.all())
    page = client_of(deal.drafter()).get(filing.writing_url).content.decode()
    assert "300,000" in page


@pytest.mark.django_db
def test_the_records_up_to_the_day_stand_beside_what_is_typed(deal: Deal) -> None:
    """What is confirmed and by the day alone; a rate far from what was spent is a question, no block."""
    contract = deal.concluded()
    uid = contract.activities.get().activity_uid
    october, pair = deal.month(contract), pair_of(deal, contract)
    for day in (5, 20):
        record_of(pair.recorder, october, day=day)
    submit(october, pair.responsible)
    assert recorded_work(deal.award, date(2024, 11, 10))[uid].records == 0
    perform(PeriodReport, october.pk, "confirm", deal.drafter(), data={"note": ""})
    early, whole = (
        recorded_work(deal.award, date(2024, *day))[uid] for day in ((10, 10), (11, 10))
    )
    assert (early.records, early.confirmed, early.due) == (1, 0, 6)
    assert (whole.records, whole.confirmed, whole.due) == (2, 1, 7)
    assert ("参加者（延べ）", "12人") in early.figures
    filing = write(deal.world, deal.award, Due(date(2024, 11, 5), date(2024, 12, 5), ""))
    page = client_of(deal.drafter()).get(filing.writing_url).content.decode()
    assert "記録 2件" in page
    assert "月報 期限の来た6件のうち確認済み0件" in page
    assert "委託先の記録はありません" in page
    assert "ポイントを超えています" in page
    assert deal.world.submit(filing).state == "submitted"


@pytest.mark.django_db
def test_asked_for_written_and_taken_note_of(world: World) -> None:
    """On request, through the pages of the three."""
    ensure_cache_table()
    award = closing.award_of(world)
    reviewer, drafter = (client_of(world.actor(role)) for role in (Role.REVIEWER, Role.DRAFTER))
    today = timezone.localdate()
    typed = {
        "grantee": "",
        "as_of": today.isoformat(),
        "due_on": today.isoformat(),
        "reason": "予算の執行を確かめるため。",
    }
    url = reverse("progress:call", args=[award.programme_id])
    assert reviewer.post(url, typed).status_code == 422
    typed["due_on"] = (today + timedelta(days=7)).isoformat()
    assert reviewer.post(url, typed).status_code == 302
    assert "予算の執行を確かめるため。" in drafter.get("/progress/").content.decode()
    assert "遂行状況の報告" in drafter.get("/").content.decode()
    start = reverse("progress:start", args=[award.pk])
    assert drafter.post(start, {"as_of": "2001-01-01"}).status_code == 404
    assert drafter.post(start, {"as_of": today.isoformat()}).status_code == 302
    report = ProgressReport.objects.get()
    edit = reverse("progress:edit", args=[report.pk])
    assert drafter.post(start, {"as_of": today.isoformat()}).url == edit, "once a day"
    form: dict[str, str] = {"summary": "順調。", "form_version": "1"}
    for row in report.rows.all():
        form |= {f"{row.uid}-direct": "１，０００", f"{row.uid}-expected": "0"}
        form |= {f"{row.uid}-percent": "101"}
    assert drafter.post(edit, form).status_code == 422
    form = {name: "40" if name.endswith("percent") else value for name, value in form.items()}
    assert drafter.post(edit, form).status_code == 302
    assert drafter.post(edit, form).status_code == 409, "somebody saved it first"
    filing = world.submit(Filing.objects.get(kind="progress"))
    assert filing.receipt_number.endswith("-P-0001")
    world.act(filing, "accept", world.actor(Role.REVIEWER))
    assert "確認済み" in reviewer.get("/progress/").content.decode()
    drain()
    paper = Document.objects.get(kind="progress")
    pages = PdfReader(BytesIO(read_file(paper))).pages
    assert "第12条の規定により" in "".join("".join(p.extract_text() for p in pages).split())
    assert verify() == []


@pytest.mark.django_db
def test_gaps_are_said_and_days_to_come_are_not_reported_on(world: World) -> None:
    award = closing.award_of(world)
    drafter = world.actor(Role.DRAFTER)
    filing = start_progress(actor=drafter, award=award, due=today_due())
    with pytest.raises(Refused, match="進捗率を入力してください"):
        world.submit(filing)
    with pytest.raises(Refused, match="基準日より後"):
        call_for_progress(
            actor=world.actor(Role.REVIEWER),
            programme=award.programme,
            grantee=None,
            as_of=date(2026, 12, 1),
            due_on=date(2026, 12, 1),
            reason="確かめるため。",
        )


@pytest.mark.django_db
def test_12_one_that_waits_for_approval_past_its_day_is_still_the_bodys(world: World) -> None:
    """What nobody filed is late, whoever in the body has it."""
    ensure_cache_table()
    award = closing.award_of(world)
    asked = call(world, award)
    filing = world.request(write(world, award, Due(asked.as_of, asked.due_on, "")))
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        drafter = client_of(world.actor(Role.DRAFTER))
        assert filing.get_absolute_url() in drafter.get("/").content.decode()
        for client in (drafter, client_of(world.actor(Role.REVIEWER))):
            assert "期限超過" in client.get("/progress/").content.decode()


@pytest.mark.django_db
def test_12_nobody_is_asked_how_ended_work_goes_on(world: World) -> None:
    ensure_cache_table()
    award = closing.award_of(world)
    call(world, award)
    drafter = client_of(world.actor(Role.DRAFTER))
    assert "未着手" in drafter.get("/progress/").content.decode()
    Award.objects.filter(pk=award.pk).update(discontinued_on=timezone.localdate())
    page = drafter.get("/progress/").content.decode()
    assert "未着手" not in page
    assert "不要" in page
    assert "現在の報告" not in drafter.get("/").content.decode()


@pytest.mark.django_db
def test_another_prefecture_finds_nothing(world: World) -> None:
    ensure_cache_table()
    award = closing.award_of(world)
    filing = write(world, award)
    stranger = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert stranger.get(reverse("progress:edit", args=[filing.pk])).status_code == 404
    start = reverse("progress:start", args=[award.pk])
    assert stranger.post(start, {"as_of": "2026-12-01"}).status_code == 404
    page = stranger.get("/progress/").content.decode()
    assert world.nagano.name not in page.partition("<main")[2]
    office = client_of(world.actor(Role.REVIEWER))
    assert office.get(reverse("progress:edit", args=[filing.pk])).status_code in (403, 404)


@pytest.mark.django_db
def test_the_list_asks_the_same_for_three_bodies_and_for_eight(world: World) -> None:
    ensure_cache_table()
    client = client_of(world.actor(Role.REVIEWER))
    codes = ["20", "21", "31", "01", "04", "13", "23", "27"]

    def owe(some: list[str]) -> None:
        for code in some:
            award = closing.award_of(world, world.bodies[code])
            call_for_progress(
                actor=world.actor(Role.REVIEWER),
                programme=award.programme,
                grantee=award.grantee,
                as_of=timezone.localdate(),
                due_on=timezone.localdate() + timedelta(days=5),
                reason="確かめるため。",
            )
            world.submit(write(world, award))

    def asked() -> int:
        client.get("/progress/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/progress/").status_code == 200
        return len(queries)

    owe(codes[:3])
    at_three = asked()
    owe(codes[3:])
    assert asked() == at_three


@pytest.mark.django_db
def test_a_draft_is_given_up_and_the_day_stays_owed(world: World) -> None:
    """Nobody of the office is told of what it never saw; the day is reported on by another report."""
    award = closing.award_of(world)
    asked = call(world, award)
    due = Due(asked.as_of, asked.due_on, asked.reason)
    filing = write(world, award, due)
    world.act(filing, "withdraw", world.actor(Role.APPROVER), reason="別の人が書くため。")
    drain()
    assert not Notice.objects.filter(title__contains="取り下げられました").exists()
    [standing] = standings(world.actor(Role.DRAFTER), Award.objects.filter(pk=award.pk))
    assert standing.filing is None
    assert standing.is_open
    again = write(world, award, due)
    assert again.pk != filing.pk
    assert start_progress(actor=world.actor(Role.DRAFTER), award=award, due=due) == again
    filed = world.submit(again)
    with pytest.raises(Refused):
        world.act(filed, "withdraw", world.actor(Role.APPROVER), reason="提出の後は取り下げない。")
