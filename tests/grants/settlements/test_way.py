"""From the decision to the closed award, each act in its role; and what must not pass."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from grants.awards.api import report_due
from grants.filings.api import Filing, latest_version
from grants.kinds.performance.kind import judged
from grants.refunds.api import RefundOrder, record_repayment
from grants.settlements.api import (
    PerformanceReport,
    examined_lines,
    judge_line,
    read_report,
    save_part,
)
from grants.settlements.reminders import remind_of_payments
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.dates import JST, FiscalYear
from portal.core.problems import Denied, Refused, Stale
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.grants import closing
from tests.grants.revocations.test_revocations import take_back
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_year_that_went_as_planned_is_closed_to_the_yen(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award)
    filing, settlement = closing.settled(world, award)
    assert filing.receipt_number == f"{world.programme.fiscal_year}-J-0001"
    assert settlement.amount == award.amount
    assert closing.close(world, settlement).state == "closed"
    drain()
    papers = Document.objects.filter(kind__in=("performance", "notice_of_settlement"))
    assert {one.state for one in papers} == {"ready"}
    assert papers.count() == 2


def test_14_the_report_begins_with_the_plan_in_force(world: World) -> None:
    award = closing.award_of(world)
    filing = closing.write_report(world, award)
    report = PerformanceReport.objects.get(filing=filing)
    planned = list(award.revision.lines.order_by("uid").values_list("uid", "amount"))
    copied = [
        (line.uid, line.budget)
        for part in report.parts.order_by("order")
        for line in part.lines.order_by("order")
    ]
    assert sorted(copied) == planned


def test_a_second_click_finds_the_report_that_was_begun(world: World) -> None:
    award = closing.award_of(world)
    assert closing.write_report(world, award) == closing.write_report(world, award)
    assert Filing.objects.of_kind("performance").count() == 1


def test_18_2_what_was_received_above_the_fixed_amount_comes_back(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award)
    _, settlement = closing.settled(world, award, share=80)
    assert settlement.amount < award.amount
    with pytest.raises(Refused, match="まだ返還されていません"):
        closing.close(world, settlement)
    order = closing.order_overpaid(world, award)
    assert order.amount == award.amount - settlement.amount
    decider = world.actor(Role.DECIDER)
    half = order.amount // 2
    for part in (half, order.amount - half):
        record_repayment(actor=decider, order=order, amount=part, paid_on=timezone.localdate())
    perform(RefundOrder, order.pk, "settle", decider)
    assert closing.close(world, settlement).state == "closed"
    acts = set(Event.objects.filter(case_id=award.case_id).values_list("verb", "article"))
    assert {
        ("settlements.finalise", "適正化法15条"),
        ("refunds.order", "適正化法18条2項"),
        ("refunds.order.settle", "適正化法18条、19条"),
    } <= acts


def test_15_a_cut_leaves_the_whole_table_without_the_cost(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award)
    cut = 1_234_567
    filing, settlement = closing.settled(world, award, cut=cut)
    sealed = latest_version(filing)
    assert sealed is not None
    amounts = sealed.content["amounts"]
    base = min(amounts["a"] - cut - amounts["b"], amounts["d"] - cut)
    assert settlement.recomputed == base // 2 // 1000 * 1000
    assert settlement.amount == min(award.amount, settlement.recomputed)


def test_what_is_short_is_paid_before_the_award_is_closed(world: World) -> None:
    award = closing.award_of(world)
    closing.pay(world, award, 1_000)
    _, settlement = closing.settled(world, award)
    with pytest.raises(Refused, match="支払（精算払）が残っています"):
        closing.close(world, settlement)
    closing.pay(world, award, settlement.amount - 1_000)
    assert closing.close(world, settlement).state == "closed"


def test_no_more_is_paid_than_was_fixed(world: World) -> None:
    award = closing.award_of(world)
    _, settlement = closing.settled(world, award, share=50)
    with pytest.raises(Refused, match="残り"):
        closing.pay(world, award, settlement.amount + 1)
    closing.pay(world, award, settlement.amount)


def test_expected_spending_is_closed_by_a_report_after_31_may(
    world: World,
) -> None:
    """To the second: the books close, the body is told, its report comes back to it, and is fixed."""
    award = closing.award_of(world)
    filing = world.submit(closing.write_report(world, award, expected=10_000))
    with pytest.raises(Refused, match="支払見込額が10,000円残っています"):
        closing.examine(world, filing)
    filing.refresh_from_db()
    drafter, last = world.actor(Role.DRAFTER), FiscalYear(world.programme.fiscal_year).books_close
    with time_machine.travel(datetime.combine(last, time(23, 59, 59), JST), tick=False):
        assert remind_of_payments() == 0
        with pytest.raises(Refused, match=r"5月31日（.+）まで）が終わってから"):
            world.act(filing, "report_payments", drafter)
    with time_machine.travel(datetime.combine(last + timedelta(days=1), time(9), JST), tick=True):
        assert remind_of_payments() == 1
        filing = world.act(filing, "report_payments", drafter).subject
        assert filing.state == "returned"
        assert remind_of_payments() == 0
        for part in PerformanceReport.objects.get(filing=filing).parts.order_by("order"):
            if part.lines.exists():
                save_part(
                    actor=drafter,
                    part=part,
                    seen_version=part.version,
                    text=part.text,
                    rows=closing.typed_rows(part),
                )
        filing = closing.examine(world, world.submit(filing))
        assert closing.fix(world, filing).amount == award.amount
        drain()
    assert Notice.objects.filter(title="実績報告に支払見込額が残っています").count() == 1


def test_what_was_paid_out_is_never_reported_again(world: World) -> None:
    award = closing.award_of(world)
    filing = world.submit(closing.write_report(world, award))
    last = FiscalYear(world.programme.fiscal_year).books_close
    with (
        time_machine.travel(datetime.combine(last + timedelta(days=1), time(9), JST)),
        pytest.raises(Refused, match="支払見込額は残っていません"),
    ):
        world.act(filing, "report_payments", world.actor(Role.DRAFTER))


def test_a_report_with_gaps_is_not_filed(world: World) -> None:
    award = closing.award_of(world)
    drafter = world.actor(Role.DRAFTER)
    filing = closing.write_report(world, award)
    part = PerformanceReport.objects.get(filing=filing).parts.get(key="platform")
    rows = closing.typed_rows(part)
    first = next(iter(rows.values()))
    first |= {"spent": None}
    save_part(actor=drafter, part=part, seen_version=2, text="", rows=rows)
    with pytest.raises(Refused) as refusal:
        world.request(filing)
    assert any("支出済額が入力されていません" in reason for reason in refusal.value.reasons)
    assert any("実施した内容と成果" in reason for reason in refusal.value.reasons)


def test_4_3_what_another_grant_paid_is_refused_again(world: World) -> None:
    award = closing.award_of(world)
    filing = closing.write_report(world, award)
    part = PerformanceReport.objects.get(filing=filing).parts.get(key="platform")
    rows = closing.typed_rows(part)
    next(iter(rows.values())).update(other_funding="exists", other_funding_name="別の交付金")
    save_part(
        actor=world.actor(Role.DRAFTER), part=part, seen_version=2, text="実施した。", rows=rows
    )
    with pytest.raises(Refused, match="他の国庫補助を受けた対象経費"):
        world.request(filing)


def test_two_people_on_one_page_do_not_overwrite_each_other(world: World) -> None:
    award = closing.award_of(world)
    filing = closing.write_report(world, award)
    part = PerformanceReport.objects.get(filing=filing).parts.get(key="incomes")
    with pytest.raises(Stale):
        save_part(actor=world.actor(Role.DRAFTER), part=part, seen_version=1)


def test_what_was_filed_is_not_typed_over(world: World) -> None:
    award = closing.award_of(world)
    filing = world.submit(closing.write_report(world, award))
    part = PerformanceReport.objects.get(filing=filing).parts.get(key="incomes")
    with pytest.raises(Refused, match="いまは変更できません"):
        save_part(actor=world.actor(Role.DRAFTER), part=part, seen_version=part.version)


def test_the_review_does_not_end_with_a_parked_line(world: World) -> None:
    award = closing.award_of(world)
    reviewer = world.actor(Role.REVIEWER)
    filing = world.submit(closing.write_report(world, award))
    filing = world.act(filing, "begin_review", reviewer, no_conflict=True).subject
    sealed = latest_version(filing)
    assert sealed is not None
    line = next(one for one in examined_lines(filing, sealed) if one.is_eligible)
    judge_line(
        actor=reviewer, filing=filing, line_uid=line.uid, verdict="parked", reason="照会中。"
    )
    closing.accept_the_rest(actor=reviewer, filing=filing)
    with pytest.raises(Refused, match="審査が終わっていない明細が1件"):
        world.act(filing, "finish_review", reviewer, opinion="よい。")


@pytest.mark.parametrize(
    ("verdict", "given", "said"),
    [
        pytest.param("cut", {"cut": 1, "reason": "なし。"}, "根拠", id="根拠なし"),
        pytest.param("cut", {"cut": 1, "clause": "要綱"}, "理由", id="理由なし"),
        pytest.param("cut", {"reason": "x", "clause": "y"}, "減額は", id="額なし"),
        pytest.param(
            "cut", {"cut": 10**11, "reason": "x", "clause": "y"}, "減額は", id="明細を超える額"
        ),
        pytest.param("parked", {}, "理由", id="保留の理由なし"),
    ],
)
def test_15_a_cut_names_amount_reason_and_clause(
    world: World, verdict: str, given: dict[str, object], said: str
) -> None:
    award = closing.award_of(world)
    reviewer = world.actor(Role.REVIEWER)
    filing = world.submit(closing.write_report(world, award))
    filing = world.act(filing, "begin_review", reviewer, no_conflict=True).subject
    sealed = latest_version(filing)
    assert sealed is not None
    line = next(one for one in examined_lines(filing, sealed) if one.is_eligible)
    with pytest.raises(Refused, match=said):
        judge_line(
            actor=reviewer,
            filing=filing,
            line_uid=line.uid,
            verdict=verdict,
            **given,
        )


def test_a_verdict_falls_when_its_line_changes(world: World) -> None:
    award = closing.award_of(world)
    reviewer, drafter = world.actor(Role.REVIEWER), world.actor(Role.DRAFTER)
    filing = world.submit(closing.write_report(world, award))
    filing = world.act(filing, "begin_review", reviewer, no_conflict=True).subject
    closing.accept_the_rest(actor=reviewer, filing=filing)
    sealed = latest_version(filing)
    assert sealed is not None
    closing.raise_point(filing, sealed, reviewer)
    due = timezone.localdate() + closing.timedelta(days=7)
    filing = world.act(filing, "return", reviewer, answer_due=due).subject
    part = PerformanceReport.objects.get(filing=filing).parts.get(key="platform")
    rows = closing.typed_rows(part)
    changed = next(iter(rows))
    rows[changed]["spent"] -= 1
    save_part(actor=drafter, part=part, seen_version=part.version, text="実施した。", rows=rows)
    closing.answer_points(filing, drafter)
    filing = world.submit(filing)
    again = latest_version(filing)
    assert again is not None
    left = [one.uid for one in examined_lines(filing, again) if not one.is_settled]
    assert left == [changed]


def test_who_examined_does_not_fix_the_amount(world: World) -> None:
    award = closing.award_of(world)
    filing = closing.examine(world, world.submit(closing.write_report(world, award)))
    examiner = world.wearing(world.actor(Role.REVIEWER), world.office, Role.DECIDER)
    with pytest.raises(Refused, match="審査した人は、決定できません"):
        world.act(filing, "finalise", examiner, **world.numbered())


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR, Role.DRAFTER])
def test_only_a_decider_closes(world: World, role: str) -> None:
    award = closing.award_of(world)
    closing.pay(world, award)
    _, settlement = closing.settled(world, award)
    with pytest.raises(Denied):
        perform(type(settlement), settlement.pk, "close", world.actor(role))


def test_17_a_decision_revoked_whole_leaves_nothing_to_report_on(world: World) -> None:
    award = closing.award_of(world)
    filing = closing.write_report(world, award)
    take_back(world, award)
    with pytest.raises(Refused, match="交付決定が効力を持っていない"):
        world.request(filing)


def test_17_a_decision_revoked_whole_leaves_nothing_to_fix(world: World) -> None:
    award = closing.award_of(world)
    filing = closing.examine(world, world.submit(closing.write_report(world, award)))
    take_back(world, award)
    with pytest.raises(Refused, match="交付決定が効力を持っていない"):
        closing.fix(world, filing)


def test_26_3_a_report_that_came_in_time_is_not_late_after_a_return(world: World) -> None:
    award = closing.award_of(world)
    filing = world.submit(closing.write_report(world, award))
    report = PerformanceReport.objects.select_related("award__programme").get(filing=filing)
    due = report_due(report.completed_on, award.programme.terms()).day
    with time_machine.travel(datetime.combine(due, time(12), JST) + timedelta(days=3)):
        found = {one["id"]: one["state"] for one in judged(read_report(report))}
    assert found["performance.in_time"] == "met"
    Filing.objects.filter(pk=filing.pk).update(first_submitted_at=None, receipt_number=None)
    report = PerformanceReport.objects.select_related("award__programme").get(filing=filing)
    with time_machine.travel(datetime.combine(due, time(12), JST) + timedelta(days=3)):
        found = {one["id"]: one["state"] for one in judged(read_report(report))}
    assert found["performance.in_time"] == "warning"
