"""A recipient's return is corrected after its figure was confirmed: more is ordered, less is decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from grants.conditions.api import decide_less
from grants.conditions.lessening import repaid
from grants.conditions.rules import less_reasons
from grants.filings.api import Filing, latest_version
from grants.input_tax.api import (
    InputTaxReport,
    Lessening,
    save_report,
    start_correction,
)
from grants.refunds.api import (
    Lowering,
    RefundOrder,
    calculation_of,
    claims_on,
    record_repayment,
    spread_less,
)
from grants.refunds.models import GivingBack
from grants.refunds.rules import lowering_reasons
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.core.problems import Refused
from portal.notifications.models import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
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


def lower(world: World, report: InputTaxReport) -> Lessening:
    numbered = world.numbered()
    return decide_less(
        actor=world.actor(Role.DECIDER),
        report=report,
        way="lower",
        reason="訂正の報告のとおり。",
        number=numbered["document_number"],
        issued_on=numbered["issued_on"],
    )


def paid(world: World, order: RefundOrder, amount: int) -> None:
    record_repayment(
        actor=world.actor(Role.DECIDER), order=order, amount=amount, paid_on=timezone.localdate()
    )


def settle(world: World, order: RefundOrder) -> None:
    perform(RefundOrder, order.pk, "settle", world.actor(Role.DECIDER))


def read(order: RefundOrder) -> RefundOrder:
    return RefundOrder.objects.for_pages().get(pk=order.pk)


def test_an_order_that_is_not_paid_is_lowered_with_its_notice(
    world: World, report: InputTaxReport
) -> None:
    [claim] = claims_on(report.award)
    order = order_of(world, report.award, claim.key)
    lowered = less(world, report)
    lower(world, lowered)
    assert (read(order).amount, read(order).due, read(order).over) == (50_000, 30_000, 0)
    assert not claims_on(report.award)
    found = calculation_of(read(order), timezone.localdate())
    assert (found.principal, found.left) == (30_000, 30_000)
    told = text_of("notice_of_lowering")
    assert "金50,000円" in told
    assert "金20,000円" in told
    assert "金30,000円" in told
    assert Notice.objects.filter(title__contains="返還額が減りました").exists()
    event = Event.objects.get(verb="refunds.lower")
    assert event.data["said"]["減額後の返還額"] == "30,000円"
    with pytest.raises(Refused, match="20,000円超えています"):
        paid(world, order, 50_000)
    paid(world, order, 30_000)
    settle(world, order)
    assert verify() == []


def test_paid_in_part_and_above_what_is_left(world: World, report: InputTaxReport) -> None:
    """40,000円 of 50,000円 were paid: 30,000円 are due, 10,000円 go back, and nothing is paid twice."""
    [claim] = claims_on(report.award)
    order = order_of(world, report.award, claim.key)
    paid(world, order, 40_000)
    lower(world, less(world, report))
    assert (read(order).due, read(order).over) == (30_000, 10_000)
    found = calculation_of(read(order), timezone.localdate())
    assert (found.paid, found.left, found.overpaid) == (30_000, 0, 0)
    assert repaid(InputTaxReport, report.award) == 30_000
    with pytest.raises(Refused, match="10,000円を都道府県に払い戻した記録"):
        settle(world, order)
    ensure_cache_table()
    page = client_of(world.actor(Role.DRAFTER)).get(order.get_absolute_url()).content.decode()
    assert "多く納付された10,000円を、国が都道府県に払い戻します。" in page
    assert "払い戻しを記録する" not in page, "the office alone records it"


def test_what_goes_back_is_recorded_once_and_then_the_order_is_settled(
    world: World, report: InputTaxReport
) -> None:
    [claim] = claims_on(report.award)
    order = order_of(world, report.award, claim.key)
    paid(world, order, 40_000)
    lower(world, less(world, report))
    ensure_cache_table()
    decider, today = world.actor(Role.DECIDER), timezone.localdate()
    office = client_of(decider)
    url = reverse("refunds:give_back", args=[Lowering.objects.get().pk])
    assert "払い戻しを記録する" in office.get(order.get_absolute_url()).content.decode()
    assert client_of(world.actor(Role.DRAFTER)).get(url).status_code == 403
    stranger = client_of(world.actor(Role.APPROVER, world.gifu))
    assert stranger.get(url).status_code == 404
    for day, said in (
        (today - timedelta(days=1), "減額を決めた日"),
        (today + timedelta(days=1), "今日以前の日付"),
    ):
        refused = office.post(url, {"paid_on": day.isoformat()})
        assert (refused.status_code, said in refused.content.decode()) == (422, True)
    for _ in range(2):
        given = office.post(url, {"paid_on": today.isoformat(), "reference": "歳出 第12号"})
        assert given.status_code == 302, "the second click finds what the first recorded"
    again = office.post(url, {"paid_on": today.isoformat(), "reference": "別の番号"})
    assert "すでに記録されています" in again.content.decode()
    made = GivingBack.objects.get()
    undo = reverse("refunds:undo_giving_back", args=[made.pk])
    assert office.post(undo, {"reason": "番号を誤って記録したため。"}).status_code == 302
    assert (
        "すでに取り消されています"
        in office.post(undo, {"reason": "もう一度取り消す。"}).content.decode()
    )
    assert office.post(url, {"paid_on": today.isoformat()}).status_code == 302
    settle(world, order)
    page = client_of(world.actor(Role.DRAFTER)).get(order.get_absolute_url()).content.decode()
    assert "に払い戻しました" in page
    assert "番号を誤って記録したため。" in page
    drain()
    assert Notice.objects.filter(title__contains="払い戻しが記録されました").exists()
    assert verify() == []


def test_late_interest_is_kept_of_what_goes_back(world: World, report: InputTaxReport) -> None:
    """19条2項: 30,000円 were due and 40,000円 came ten days late: 90円 of 延滞金 are kept, 9,910円 go back."""
    [claim] = claims_on(report.award)
    order = order_of(world, report.award, claim.key)
    late = read(order).due_on + timedelta(days=10)
    with time_machine.travel(f"{late.isoformat()} 10:00+09:00", tick=True):
        paid(world, order, 40_000)
        lower(world, less(world, report))
        assert read(order).over == 9_910
        found = calculation_of(read(order), timezone.localdate())
        assert (found.late_yen, found.left, found.overpaid) == (90, 0, 0)


def test_two_orders_are_lowered_the_newest_first(world: World) -> None:
    award = closing.award_of(world)
    subsidise(world, award)
    fix(world, award)
    half = {"taxed_sales_10": 550_000, "untaxed": 550_000}
    first = InputTaxReport.objects.get(filing=confirm(world, write(world, award, **half)))
    older = order_of(world, award, claims_on(award)[0].key)
    more = corrected(world, first, taxed_sales_10=1_100_000, untaxed=0)
    second = InputTaxReport.objects.get(filing=confirm(world, more))
    newer = order_of(world, award, claims_on(award)[0].key)
    lower(world, less(world, second))
    assert (read(older).due, read(newer).due) == (25_000, 5_000)
    assert not claims_on(award)


def test_what_is_settled_or_not_ordered_is_not_lowered(
    world: World, report: InputTaxReport
) -> None:
    lowered = less(world, report)
    with pytest.raises(Refused, match=r"返還命令の額（0円）"):
        lower(world, lowered)
    assert not Lowering.objects.exists()


def test_the_form_asks_for_number_and_day(world: World, report: InputTaxReport) -> None:
    ensure_cache_table()
    [claim] = claims_on(report.award)
    order_of(world, report.award, claim.key)
    lowered = less(world, report)
    office = client_of(world.actor(Role.DECIDER))
    url = reverse("input_tax:less", args=[lowered.pk])
    key = "22222222-2222-4222-8222-222222222222"
    typed = {"way": "lower", "reason": "訂正の報告のとおり。", "request_key": key}
    answer = office.post(url, typed)
    assert answer.status_code == 422
    assert "施行日を入力してください。" in answer.content.decode()
    whole = {**typed, "number": "府孤推第888号", "issued_on": timezone.localdate().isoformat()}
    assert office.post(url, whole).status_code == 302
    assert Lowering.objects.get().document_number == "府孤推第888号"


@pytest.mark.parametrize(
    ("given", "count"),
    [
        pytest.param({}, 0, id="7条3項-all-of-it"),
        pytest.param({"less": 21}, 1, id="7条3項-one-yen-more-than-is-due"),
        pytest.param({"less": 0}, 1, id="7条3項-nothing"),
        pytest.param({"is_beside": False}, 1, id="18条-確定額-and-取消し-stay"),
        pytest.param({"is_notified": True}, 1, id="19条-interest-was-notified"),
        pytest.param({"reason": "　"}, 1, id="no-reason"),
    ],
)
def test_when_an_order_is_lowered(given: dict[str, Any], count: int) -> None:
    values = {"less": 20, "due": 20, "is_beside": True, "is_notified": False, "reason": "誤り"}
    values |= given
    assert len(list(lowering_reasons(values.pop("less"), **values))) == count


@pytest.mark.parametrize(
    ("less_yen", "dues", "parts"),
    [(20, [25, 25], [20, 0]), (30, [25, 25], [25, 5]), (50, [25, 25], [25, 25]), (0, [5], [0])],
)
def test_it_is_spread_to_the_yen(less_yen: int, dues: list[int], parts: list[int]) -> None:
    assert spread_less(less_yen, dues) == parts
    with pytest.raises(ValueError, match="多く減らそう"):
        spread_less(sum(dues) + 1, dues)


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


@pytest.mark.parametrize(("running", "count"), [(20, 0), (19, 1), (0, 1)])
def test_never_more_than_runs(running: int, count: int) -> None:
    found = less_reasons("lower", 20, unordered=99, repaid=99, running=running)
    assert len(list(found)) == count
