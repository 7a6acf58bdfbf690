"""From 額の確定 to the money that comes back: the years owed, the report, the order, paid in parts."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.awards.api import Award
from grants.filings.api import Filing, latest_version, raise_item
from grants.income.api import IncomeReport, start_report
from grants.income.reminders import remind_of_income
from grants.payments.api import net_paid
from grants.refunds.api import OrderState, RefundOrder, claims_on, record_repayment
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.problems import Refused
from portal.documents.api import Document, read_file
from portal.notifications.models import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.income.earning import (
    ALL,
    after,
    ask,
    confirm,
    fix,
    order,
    save,
    write,
    years,
)
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


def test_nothing_is_owed_before_the_amount_is_fixed(world: World, award: Award) -> None:
    assert years(world, award) == []
    with pytest.raises(Refused, match="額が確定した後"):
        start_report(actor=world.actor(Role.DRAFTER), award=award)


def test_a_year_is_owed_once_it_is_over_and_in_its_turn(world: World, award: Award) -> None:
    fix(world, award)
    found = years(world, award)
    first = award.programme.fiscal_year + 1
    assert [int(one.year) for one in found] == list(range(first, first + 5))
    assert not any(one.is_open for one in found)
    with pytest.raises(Refused, match="いま報告する年度はありません"):
        start_report(actor=world.actor(Role.DRAFTER), award=award)
    with time_machine.travel(f"{found[0].year.end} 23:59:59+09:00", tick=False):
        assert not years(world, award)[0].is_open
    with time_machine.travel(f"{found[0].year.end + timedelta(days=1)} 00:00+09:00", tick=False):
        assert years(world, award)[0].is_open
    with after(award, 2):
        assert [one.is_next for one in years(world, award)[:3]] == [True, False, False]
        filing = write(world, award)
        assert start_report(actor=world.actor(Role.DRAFTER), award=award) == filing
        report = confirm(world, filing)
        assert (report.fiscal_year, report.returned) == (first, 0)
        assert [one.is_next for one in years(world, award)[:3]] == [False, True, False]
        assert not claims_on(award)
        drain()
        told = Notice.objects.get(title__contains="収益状況報告が確認されました")
        assert told.text == "この報告による納付は、要りません。"


@pytest.mark.parametrize(
    ("asked", "conditions", "count"),
    [
        pytest.param("all", [], 5, id="交付要綱-every-award"),
        pytest.param("none", [{"basis": "適正化法7条2項"}], 0, id="交付要綱-not-asked"),
        pytest.param("conditioned", [], 0, id="7条2項-without-the-condition"),
        pytest.param("conditioned", [{"basis": "適正化法7条2項"}], 5, id="7条2項-with-it"),
        pytest.param("conditioned", [{"basis": "適正化法7条1項2号"}], 0, id="7条1項2号-another"),
    ],
)
def test_who_is_asked(
    world: World, asked: str, conditions: list[dict[str, str]], count: int
) -> None:
    filing = world.finish_review(world.begin_review(world.filing("submitted")))
    given = world.decision(filing) | {
        "conditions": [{"text": "収益を納付すること。", **one} for one in conditions]
    }
    world.act(filing, "decide", world.actor(Role.DECIDER), **given)
    award = Award.objects.select_related("programme", "grantee", "decision").get()
    fix(world, award)
    ask(world, income_report=asked)
    assert len(years(world, award)) == count


def test_what_was_pointed_at_comes_back(world: World, award: Award) -> None:
    """A point on a row is answered by a return; what was withdrawn is owed again."""
    fix(world, award)
    with after(award):
        filing = world.submit(write(world, award, [300_000, 100_000]))
        reviewer = world.actor(Role.REVIEWER)
        world.act(filing, "begin_review", reviewer, no_conflict=True)
        sealed = latest_version(filing)
        assert sealed is not None
        uid = sealed.content["sections"][0]["tables"][0]["rows"][0]["uid"]
        raise_item(
            actor=reviewer,
            filing=filing,
            sealed=sealed,
            address=f"income/{uid}/amount",
            clause="",
            text="領収書の合計と合わない。",
        )
        with pytest.raises(Refused, match="確認事項"):
            world.act(filing, "accept", reviewer)
        week = timezone.localdate() + timedelta(days=7)
        world.act(filing, "return", reviewer, answer_due=week)
        filing.refresh_from_db()
        assert filing.state == "returned"
        approver = world.actor(Role.APPROVER, award.grantee)
        world.act(filing, "withdraw", approver, reason="作り直す。")
        assert years(world, award)[0].is_next


def test_from_the_duty_to_the_closed_award(world: World, award: Award) -> None:
    """400,000円 at 1/2 are 200,000円: ordered, paid in two parts, settled."""
    ensure_cache_table()
    settlement = fix(world, award)
    ask(world, **ALL)
    before = net_paid(award)
    with after(award):
        report = confirm(world, write(world, award, [300_000, 100_000]))
        [claim] = claims_on(award)
        assert (claim.ground, claim.amount) == ("income", 200_000)
        page = report.filing.get_absolute_url()
        office = client_of(world.actor(Role.DECIDER))
        order_page = reverse("refunds:order_refund", args=[award.pk])
        assert order_page in office.get(page).content.decode()
        read = client_of(world.actor(Role.REVIEWER)).get(page).content.decode()
        assert "まだ命じていません" in read
        assert order_page not in read
        made = order(world, award, claim.key)
        assert not claims_on(award)
        told = office.get(page).content.decode()
        assert made.document_number in told
        assert order_page not in told
        assert net_paid(award) == before, (
            "what comes back beside the amount lets nothing be paid again"
        )
        decider, today = world.actor(Role.DECIDER), timezone.localdate()
        for amount in (50_000, 150_000):
            record_repayment(actor=decider, order=made, amount=amount, paid_on=today)
        settled = perform(RefundOrder, made.pk, "settle", decider).subject
        assert settled.state == OrderState.SETTLED
        assert closing.close(world, settlement).state == "closed"
        text = text_of("notice_of_refund")
        assert "第７条第２項の規定により付した条件に基づき" in text
        assert "次のとおり納付を命ずる" in text
        assert "加算金" not in text
        assert "受領の日" not in text, "what came in later was never received"
        assert verify() == []


def test_the_second_year_counts_on_the_first(world: World, award: Award) -> None:
    settlement = fix(world, award)
    content = settlement.sealed.content["amounts"]
    own = content["a"] - content["b"] - int(settlement.amount)
    with after(award):
        assert confirm(world, write(world, award, [own])).returned == 0
    with after(award, 2):
        report = confirm(world, write(world, award, [100_000], [20_000]))
        expected = 80_000 * int(settlement.amount) // content["a"]
        assert report.returned == expected
        [claim] = claims_on(award)
        assert claim.amount == expected


def test_the_paper_shows_the_computation_line_by_line(world: World, award: Award) -> None:
    fix(world, award)
    ask(world, **ALL)
    with after(award):
        world.submit(write(world, award, [300_001], [1]))
        text = text_of("income")
    assert "収益状況報告書" in text
    assert "様式第12号" in text
    assert "300,001×交付率1／2、１円未満切捨て" in text
    assert "講座の参加料" in text
    assert "金150,000円" in text


def test_a_body_that_owes_is_told_and_then_late(world: World, award: Award) -> None:
    fix(world, award)
    day = years(world, award)[0].due_on
    with time_machine.travel(f"{day - timedelta(days=30)} 09:00+09:00", tick=False):
        assert remind_of_income() == 1
        assert remind_of_income() == 1
        drain()
        told = Notice.objects.filter(organisation=award.grantee, title__contains="収益状況")
        assert told.count() == 1
    with time_machine.travel(f"{day - timedelta(days=30)} 08:29+09:00", tick=False):
        assert remind_of_income() == 0
    with time_machine.travel(f"{day} 23:59:59+09:00", tick=False):
        assert not years(world, award)[0].is_late
    with time_machine.travel(f"{day + timedelta(days=1)} 00:00+09:00", tick=False):
        assert years(world, award)[0].is_late
        world.submit(write(world, award))
        assert not years(world, award)[0].is_late
        assert remind_of_income() == 0


def typed(report: IncomeReport, *incomes: dict[str, Any], **changed: Any) -> dict[str, Any]:
    rows = {
        f"incomes-{n}-{name}": value for n, row in enumerate(incomes) for name, value in row.items()
    }
    return {
        "form_version": report.version,
        "summary": "",
        "incomes-TOTAL_FORMS": len(incomes),
        "incomes-INITIAL_FORMS": 0,
        "costs-TOTAL_FORMS": 0,
        "costs-INITIAL_FORMS": 0,
        **rows,
        **changed,
    }


ROW = {"kind": "participation", "activity": "04", "what": "講座の参加料", "amount": "400,000"}


def test_pages_and_strangers(world: World, award: Award) -> None:
    ensure_cache_table()
    fix(world, award)
    ask(world, **ALL)
    with after(award):
        drafter = client_of(world.actor(Role.DRAFTER))
        stranger = client_of(world.actor(Role.DRAFTER, world.tottori))
        office = client_of(world.actor(Role.REVIEWER))
        start = reverse("income:start", args=[award.pk])
        assert stranger.post(start).status_code == 404
        assert office.post(start).status_code == 403
        assert "書き始める" in drafter.get("/income/").content.decode()
        edit = drafter.post(start)["Location"]
        assert stranger.get(edit).status_code == 404
        assert office.get(edit).status_code == 404, "a draft is its body's own"
        report = IncomeReport.objects.get()
        wrong = drafter.post(edit, typed(report, {**ROW, "amount": "たくさん"}))
        assert wrong.status_code == 422
        more = drafter.post(edit, typed(report, ROW, add_row="incomes"))
        assert more.status_code == 200
        assert "incomes-1-what" in more.content.decode()
        assert not report.lines.exists(), "a row more stores nothing"
        foreign = drafter.post(edit, typed(report, {**ROW, "activity": "99"}))
        assert foreign.status_code == 422
        good = typed(report, ROW)
        assert drafter.post(edit, good).status_code == 302
        assert "200,000" in drafter.get(edit).content.decode()
        assert drafter.post(edit, good).status_code == 409, "somebody saved it first"
        assert "書いている途中" in drafter.get("/income/").content.decode()
        assert "書いている途中" not in office.get("/income/").content.decode()
        assert world.nagano.name in office.get("/income/").content.decode()
        late = office.get("/income/?show=late&year=1999").content.decode()
        assert "この条件に当たるものはありません" in late
        assert "まだありません" in stranger.get("/income/").content.decode()
        home = drafter.get("/").content.decode()
        assert "の収益状況" in home


def test_one_row_sent_twice_is_two_rows(world: World, award: Award) -> None:
    fix(world, award)
    with after(award):
        drafter = client_of(world.actor(Role.DRAFTER))
        filing = write(world, award)
        report = IncomeReport.objects.get(filing=filing)
        uid = "7e6e4a5c-4f0f-4d0b-9a51-0d1d4d0b2c11"
        row = {**ROW, "uid": uid}
        assert drafter.post(report.get_absolute_url(), typed(report, row, row)).status_code == 302
        assert report.lines.count() == 2


def test_the_list_asks_the_same_for_three_bodies_and_for_eight(world: World) -> None:
    ensure_cache_table()
    codes = ["20", "21", "31", "01", "04", "13", "23", "27"]
    awards = [closing.award_of(world, world.bodies[code]) for code in codes]
    for award in awards:
        fix(world, award)

    def owe(some: list[Award]) -> None:
        for award in some:
            world.submit(write(world, award, [1_000]))

    with after(awards[0]):
        client = client_of(world.actor(Role.REVIEWER))

        def asked() -> int:
            client.get("/income/?show=all")
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/income/?show=all").status_code == 200
            return len(queries)

        owe(awards[:3])
        at_three = asked()
        owe(awards[3:])
        assert asked() == at_three


def filed(world: World, award: Award, incomes: list[int]) -> Filing:
    return world.submit(write(world, award, incomes))


def test_a_report_is_read_by_its_body_and_by_the_office_alone(world: World, award: Award) -> None:
    fix(world, award)
    with after(award):
        filing = filed(world, award, [1_000])
        page = filing.get_absolute_url()
        assert client_of(world.actor(Role.REVIEWER)).get(page).status_code == 200
        assert client_of(world.actor(Role.APPROVER)).get(page).status_code == 200
        other = client_of(world.actor(Role.APPROVER, world.tottori))
        assert other.get(page).status_code == 404
        save_again = pytest.raises(Refused, match="いまは変更できません")
        with save_again:
            save(world, filing, [2_000], [])
