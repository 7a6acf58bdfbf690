"""A recipient's return is corrected after its figure was confirmed: more is ordered, less is decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.conditions.api import decide_less
from grants.conditions.rules import less_reasons
from grants.filings.api import Filing, latest_version
from grants.input_tax.api import (
    InputTaxReport,
    Lessening,
    save_report,
    start_correction,
)
from grants.refunds.api import claims_on, record_repayment
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused
from portal.notifications.models import Notice
from portal.outbox.api import drain
from tests.grants import closing
from tests.grants.input_tax.subsidies import subsidise
from tests.grants.input_tax.test_way import confirm, duty, fix, order_of, text_of, write
from tests.world import World, client_of, ensure_cache_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world: World) -> InputTaxReport:
    """1,100,000円 of one body were all deducted: 50,000円 go back."""
    award = closing.award_of(world)
    subsidise(world, award)
    fix(world, award)
    return InputTaxReport.objects.get(filing=confirm(world, write(world, award)))


def corrected(world: World, report: InputTaxReport, **sub: Any) -> Filing:
    """The body's row alone, with what is given in place of what stood there."""
    drafter = world.actor(Role.DRAFTER, report.award.grantee)
    filing = start_correction(actor=drafter, report=report)
    made = InputTaxReport.objects.get(filing=filing)
    rows = {
        row.uid: {"is_reported": row.contractor_id is not None}
        | (sub if row.contractor_id is not None else {})
        for row in made.rows.all()
    }
    save_report(
        actor=drafter,
        report=made,
        seen_version=made.version,
        summary="課税売上割合の計算に誤りがあったため。",
        rows=rows,
        correction="amended",
        corrected_on=timezone.localdate(),
    )
    return filing


def less(world: World, report: InputTaxReport) -> InputTaxReport:
    """660,000円 of it were deducted: 30,000円 go back, 20,000円 fewer."""
    filing = corrected(world, report, taxed_sales_10=660_000, untaxed=440_000)
    return InputTaxReport.objects.select_related("award").get(filing=confirm(world, filing))


def decide(world: World, report: InputTaxReport, way: str) -> Lessening:
    actor = world.actor(Role.DECIDER)
    return decide_less(actor=actor, report=report, way=way, reason="訂正の報告のとおり。")


def test_it_begins_with_what_was_confirmed(world: World, report: InputTaxReport) -> None:
    drafter = world.actor(Role.DRAFTER)
    filing = start_correction(actor=drafter, report=report)
    assert start_correction(actor=drafter, report=report) == filing, "a second click"
    made = InputTaxReport.objects.get(filing=filing)
    row = made.rows.exclude(contractor=None).get()
    assert (row.before, row.taxed_sales_10, row.method) == (50_000, 1_100_000, "full")
    assert not row.is_reported, "two bodies: the writer says whose return was corrected"


def test_the_same_figure_asks_nothing_more(world: World, report: InputTaxReport) -> None:
    award = report.award
    [first] = claims_on(award)
    order_of(world, award, first.key)
    low = InputTaxReport.objects.get(filing=confirm(world, corrected(world, report)))
    assert (low.returned, low.difference) == (50_000, 0)
    assert not claims_on(award)


def test_a_figure_that_rises_is_ordered_by_its_difference_alone(world: World) -> None:
    award = closing.award_of(world)
    subsidise(world, award)
    fix(world, award)
    half = {"taxed_sales_10": 550_000, "untaxed": 550_000}
    first = InputTaxReport.objects.get(filing=confirm(world, write(world, award, **half)))
    [claim] = claims_on(award)
    assert claim.amount == 25_000
    order_of(world, award, claim.key)
    more = corrected(world, first, taxed_sales_10=1_100_000, untaxed=0)
    second = InputTaxReport.objects.get(filing=confirm(world, more))
    assert (second.returned, second.difference) == (50_000, 25_000)
    [further] = claims_on(award)
    assert (further.amount, further.ground) == (25_000, "input_tax")
    assert "前の報告より多い" in further.about
    order_of(world, award, further.key)
    assert not claims_on(award)
    assert duty(world, award).returned == 50_000
    text = text_of("input_tax")
    assert "修正申告により、先に提出した報告" in text
    assert "前の報告との差" in text
    sealed = latest_version(second.filing)
    assert sealed is not None
    assert sealed.content["corrects"]["number"] == first.filing.receipt_number
    assert verify() == []


def test_less_is_decided_before_anything_more_is_ordered(
    world: World, report: InputTaxReport
) -> None:
    lower = less(world, report)
    assert (lower.returned, lower.difference) == (30_000, -20_000)
    assert not claims_on(report.award), "nothing is ordered while it is undecided"
    assert duty(world, report.award).undecided
    with pytest.raises(Refused, match=r"納付された額（0円）"):
        decide(world, lower, "repay")
    decide(world, lower, "deduct")
    [claim] = claims_on(report.award)
    assert claim.amount == 30_000
    assert "うち20,000円は、減額された。" in claim.about
    order_of(world, report.award, claim.key)
    assert not claims_on(report.award)
    with pytest.raises(Refused, match="すでに決まっています"):
        decide(world, lower, "keep")
    event = Event.objects.get(verb="input_tax.decide_less")
    assert event.data["said"]["減る額"] == "20,000円"
    drain()
    assert Notice.objects.filter(title__contains="減額について措置").count() == 1
    assert verify() == []


def test_what_was_paid_back_is_given_again_and_never_more(
    world: World, report: InputTaxReport
) -> None:
    [claim] = claims_on(report.award)
    order = order_of(world, report.award, claim.key)
    lower = less(world, report)
    with pytest.raises(Refused, match=r"まだ命じていない返還の額（0円）"):
        decide(world, lower, "deduct")
    with pytest.raises(Refused, match="返せません"):
        decide(world, lower, "repay")
    record_repayment(
        actor=world.actor(Role.DECIDER), order=order, amount=50_000, paid_on=timezone.localdate()
    )
    decide(world, lower, "repay")
    assert not claims_on(report.award)


def test_whoever_confirmed_it_does_not_decide(world: World, report: InputTaxReport) -> None:
    lower = less(world, report)
    both = world.wearing(world.actor(Role.REVIEWER), world.office, Role.DECIDER)
    with pytest.raises(Refused, match="この報告を確認した人"):
        decide_less(actor=both, report=lower, way="keep", reason="誤り")


def test_a_corrected_report_is_not_corrected_twice(world: World, report: InputTaxReport) -> None:
    filing = corrected(world, report)
    confirm(world, filing)
    drafter = world.actor(Role.DRAFTER)
    with pytest.raises(Refused, match="新しい報告を訂正してください"):
        start_correction(actor=drafter, report=report)
    newer = InputTaxReport.objects.get(filing=filing)
    assert start_correction(actor=drafter, report=newer).kind == "input_tax"


def test_without_its_reason_it_is_not_filed(world: World, report: InputTaxReport) -> None:
    drafter = world.actor(Role.DRAFTER)
    filing = start_correction(actor=drafter, report=report)
    with pytest.raises(Refused) as refusal:
        world.request(filing)
    said = " ".join(refusal.value.reasons)
    assert "修正申告か更正かと、その日" in said
    assert "訂正する理由を" in said
    assert "今回報告する団体を" in said


def test_pages_and_strangers(world: World, report: InputTaxReport) -> None:
    ensure_cache_table()
    drafter = client_of(world.actor(Role.DRAFTER))
    office = client_of(world.actor(Role.DECIDER))
    stranger = client_of(world.actor(Role.DRAFTER, world.tottori))
    start = reverse("input_tax:correct", args=[report.pk])
    assert (
        "訂正の報告を書き始める" in drafter.get(report.filing.get_absolute_url()).content.decode()
    )
    assert stranger.post(start).status_code == 404
    assert office.post(start).status_code == 403
    answer = drafter.post(start)
    assert answer.status_code == 302
    page = drafter.get(answer["Location"]).content.decode()
    assert "確認された報告を訂正する報告です" in page
    assert "修正申告・更正の日" in page
    lower = less(world, report)
    url = reverse("input_tax:less", args=[lower.pk])
    assert drafter.get(url).status_code == 403
    assert "△20,000円" in office.get(url).content.decode()
    assert "減額の措置を決める" in office.get(lower.filing.get_absolute_url()).content.decode()
    assert "減額の措置待ち" in office.get("/input-tax/?show=all").content.decode()
    assert office.post(url, {"way": "deduct", "reason": ""}).status_code == 422
    key = "11111111-1111-4111-8111-111111111111"
    typed = {"way": "deduct", "reason": "訂正の報告のとおり。", "request_key": key}
    assert office.post(url, {**typed, "way": "repay"}).status_code == 409
    assert office.post(url, typed).status_code == 302
    assert office.post(url, typed).status_code == 302, "a second click"
    assert Lessening.objects.count() == 1
    told = drafter.get(lower.filing.get_absolute_url()).content.decode()
    assert "まだ命じていない返還の額から差し引く" in told


@pytest.mark.parametrize(
    ("way", "unordered", "repaid", "count"),
    [
        pytest.param("deduct", 20, 0, 0, id="all-of-it-was-not-ordered"),
        pytest.param("deduct", 19, 99, 1, id="one-yen-was-ordered"),
        pytest.param("repay", 0, 20, 0, id="all-of-it-was-paid"),
        pytest.param("repay", 99, 19, 1, id="one-yen-was-not-paid"),
        pytest.param("keep", 0, 0, 0, id="nothing-changes"),
    ],
)
def test_never_more_than_there_is(way: str, unordered: int, repaid: int, count: int) -> None:
    assert len(list(less_reasons(way, 20, unordered=unordered, repaid=repaid))) == count
