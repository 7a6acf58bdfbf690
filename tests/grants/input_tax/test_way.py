"""From 額の確定 to the money that comes back: who owes a figure, the report, the claim, the order."""

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
from grants.filings.api import Filing
from grants.input_tax.api import InputTaxReport, due_on, duties, save_report, start_report
from grants.input_tax.reminders import remind_of_figures
from grants.payments.api import net_paid
from grants.refunds.api import OrderState, RefundOrder, claims_on, order_refund, record_repayment
from grants.settlements.api import Settlement
from portal.access.api import Role
from portal.audit.api import verify
from portal.core.problems import Refused
from portal.documents.api import Document, read_file
from portal.notifications.models import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.input_tax.subsidies import subsidise
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db
DEDUCTING = {"has_filed": True, "method": "full", "taxed_sales": 97, "all_sales": 100}


@pytest.fixture
def award(world: World) -> Award:
    return closing.award_of(world)


def fix(world: World, award: Award) -> Settlement:
    closing.pay(world, award)
    return closing.settled(world, award)[1]


def write(world: World, award: Award, **sub: Any) -> Filing:
    """Every subsidised body deducts all that it was paid; what is given differs."""
    drafter = world.actor(Role.DRAFTER, award.grantee)
    filing = start_report(actor=drafter, award=award)
    report = InputTaxReport.objects.get(filing=filing)
    rows = {
        row.uid: {**DEDUCTING, "taxed_sales_10": row.cost, **sub}
        for row in report.rows.exclude(contractor=None)
    }
    save_report(actor=drafter, report=report, seen_version=report.version, summary="", rows=rows)
    return filing


def confirm(world: World, filing: Filing) -> Filing:
    return world.act(world.submit(filing), "accept", world.actor(Role.REVIEWER)).subject


def duty(world: World, award: Award) -> Any:
    return next(iter(duties(world.actor(Role.REVIEWER), Award.objects.filter(pk=award.pk))), None)


def test_nothing_is_owed_before_the_amount_is_fixed(world: World, award: Award) -> None:
    assert duty(world, award) is None
    with pytest.raises(Refused, match="額が確定した後"):
        start_report(actor=world.actor(Role.DRAFTER), award=award)


def test_a_duty_stays_open_until_every_figure_is_in_even_if_zero(
    world: World, award: Award
) -> None:
    subsidise(world, award, "みらい")
    subsidise(world, award, "まちの灯", way=("cancelled",))
    subsidise(world, award, "委託だけ", kind="contract")
    fix(world, award)
    found = duty(world, award)
    assert [one.name for one in found.owed] == [award.grantee.name, "みらい"]
    filing = write(world, award, is_reported=False)
    assert duty(world, award).is_open
    confirm(world, filing)
    found = duty(world, award)
    assert [one.name for one in found.owed] == ["みらい"]
    assert found.returned == 0
    assert not claims_on(award)
    confirm(world, write(world, award, method="exempt", has_filed=False))
    assert not duty(world, award).is_open
    with pytest.raises(Refused, match="報告することはありません"):
        start_report(actor=world.actor(Role.DRAFTER), award=award)


def test_what_the_recipients_were_paid_for_adds_up_to_the_eligible_cost(
    world: World, award: Award
) -> None:
    subsidise(world, award, paid=700_000)
    settlement = fix(world, award)
    report = InputTaxReport.objects.get(filing=write(world, award))
    costs = {row.contractor_id is None: int(row.cost) for row in report.rows.all()}
    assert costs[False] == 700_000
    assert sum(costs.values()) == int(settlement.sealed.content["amounts"]["d"])


def test_a_figure_above_zero_becomes_an_order_without_additional_interest(
    world: World, award: Award
) -> None:
    """1,100,000円の10/110は100,000円、その1/2の50,000円が国に返る."""
    subsidise(world, award)
    settlement = fix(world, award)
    before = net_paid(award)
    confirm(world, write(world, award))
    [claim] = claims_on(award)
    assert (claim.ground, claim.amount) == ("input_tax", 50_000)
    ensure_cache_table()
    page = reverse("settlements:award", args=[award.pk])
    told = "確定の後に、国に返すことになった額があります"
    office = client_of(world.actor(Role.DECIDER))
    assert told in office.get(page).content.decode()
    order = order_of(world, award, claim.key)
    assert told not in office.get(page).content.decode()
    assert not claims_on(award)
    assert net_paid(award) == before, "what comes back beside the amount lets nothing be paid again"
    decider = world.actor(Role.DECIDER)
    record_repayment(actor=decider, order=order, amount=50_000, paid_on=timezone.localdate())
    settled = perform(RefundOrder, order.pk, "settle", decider).subject
    assert settled.state == OrderState.SETTLED
    assert closing.close(world, settlement).state == "closed"
    text = text_of("notice_of_refund")
    assert "第７条第３項の規定により付した条件に基づき" in text
    assert "加算金" not in text
    assert verify() == []


def order_of(world: World, award: Award, key: str) -> RefundOrder:
    numbered = world.numbered()
    return order_refund(
        actor=world.actor(Role.DECIDER),
        award=award,
        claim_key=key,
        due_on=timezone.localdate() + timedelta(days=20),
        reason="仕入控除税額の報告のため。",
        number=numbered["document_number"],
        issued_on=numbered["issued_on"],
    )


def text_of(kind: str) -> str:
    drain()
    document = Document.objects.filter(kind=kind).latest("created_at")
    pages = PdfReader(BytesIO(read_file(document))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_the_paper_shows_the_computation_line_by_line(world: World, award: Award) -> None:
    subsidise(world, award)
    fix(world, award)
    filing = write(world, award)
    world.submit(filing)
    text = text_of("input_tax")
    assert "仕入控除税額報告書" in text
    assert "1,100,000×10／110、１円未満切捨て" in text
    assert "100,000×1／2、１円未満切捨て" in text
    assert "金50,000円" in text


def test_what_does_not_add_up_is_not_filed(world: World, award: Award) -> None:
    subsidise(world, award)
    fix(world, award)
    filing = write(world, award, untaxed=1)
    with pytest.raises(Refused, match="1円多く"):
        world.request(filing)


def test_a_body_that_owes_is_told_and_then_late(world: World, award: Award) -> None:
    fix(world, award)
    day = due_on(award.programme.terms())
    with time_machine.travel(f"{day - timedelta(days=30)} 09:00+09:00", tick=False):
        assert remind_of_figures() == 1
        assert remind_of_figures() == 1
        drain()
        told = Notice.objects.filter(organisation=award.grantee, title__contains="仕入控除税額")
        assert told.count() == 1
        assert not duty(world, award).is_late
    with time_machine.travel(f"{day - timedelta(days=30)} 08:29+09:00", tick=False):
        assert remind_of_figures() == 0
    with time_machine.travel(f"{day} 23:59:59+09:00", tick=False):
        assert not duty(world, award).is_late
    with time_machine.travel(f"{day + timedelta(days=1)} 00:00+09:00", tick=False):
        assert duty(world, award).is_late
        filing = world.submit(write(world, award))
        assert not duty(world, award).is_late
        world.act(filing, "send_back", world.actor(Role.REVIEWER), reason="申告書の写しがない。")
        assert duty(world, award).is_late


def test_pages_and_strangers(world: World, award: Award) -> None:
    ensure_cache_table()
    subsidise(world, award)
    fix(world, award)
    drafter = client_of(world.actor(Role.DRAFTER))
    stranger = client_of(world.actor(Role.DRAFTER, world.tottori))
    office = client_of(world.actor(Role.REVIEWER))
    start = reverse("input_tax:start", args=[award.pk])
    assert stranger.post(start).status_code == 404
    assert office.post(start).status_code == 403
    answer = drafter.post(start)
    edit = answer["Location"]
    assert stranger.get(edit).status_code == 404
    page = drafter.get(edit).content.decode()
    assert "みらい" in page
    report = InputTaxReport.objects.get()
    row = report.rows.exclude(contractor=None).get()
    own = report.rows.get(contractor=None)
    typed = {
        "form_version": report.version,
        "summary": "",
        f"{own.uid}-is_reported": "on",
        f"{own.uid}-has_filed": "no",
        f"{own.uid}-method": "general_account",
        f"{row.uid}-is_reported": "on",
        f"{row.uid}-has_filed": "yes",
        f"{row.uid}-method": "full",
        f"{row.uid}-taxed_sales": "97",
        f"{row.uid}-all_sales": "100",
        f"{row.uid}-taxed_sales_10": "1,100,000",
    }
    wrong = drafter.post(edit, {**typed, f"{row.uid}-untaxed": "たくさん"})
    assert wrong.status_code == 422
    assert drafter.post(edit, typed).status_code == 302
    assert "50,000円" in drafter.get(edit).content.decode()
    assert drafter.post(edit, typed).status_code == 409, "somebody saved it first"
    assert "書いている途中" in drafter.get("/input-tax/").content.decode()
    assert "書いている途中" not in office.get("/input-tax/").content.decode()
    assert world.nagano.name in office.get("/input-tax/").content.decode()
    late = office.get("/input-tax/?show=late&year=1999").content.decode()
    assert "この条件に当たるものはありません" in late
    assert "まだありません" in stranger.get("/input-tax/").content.decode()


def test_the_list_asks_the_same_for_three_bodies_and_for_eight(world: World) -> None:
    ensure_cache_table()
    client = client_of(world.actor(Role.REVIEWER))
    codes = ["20", "21", "31", "01", "04", "13", "23", "27"]

    def owe(some: list[str]) -> None:
        for code in some:
            award = closing.award_of(world, world.bodies[code])
            subsidise(world, award, f"みらい{code}", paid=1_000)
            fix(world, award)
            world.submit(write(world, award))

    def asked() -> int:
        client.get("/input-tax/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/input-tax/").status_code == 200
        return len(queries)

    owe(codes[:3])
    at_three = asked()
    owe(codes[3:])
    assert asked() == at_three
