"""From a decision to the closed award, as people bring it about; for the tests of several rooms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing, ReviewItem, SealedVersion, latest_version, raise_item
from grants.payments.api import Payment, record_payment
from grants.refunds.api import RefundOrder, order_refund
from grants.settlements.api import (
    PerformanceReport,
    Settlement,
    accept_the_rest,
    examined_lines,
    judge_line,
    save_part,
    start_report,
)
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.workflow.api import perform
from tests.world import World


def award_of(world: World, body: Organisation | None = None) -> Award:
    """Decided today, in full."""
    filing = world.filing("decided", body)
    found: Award = Award.objects.select_related("programme", "grantee", "decision").get(
        decision__filing=filing
    )
    return found


def pay(world: World, award: Award, amount: int | None = None) -> Payment:
    """概算払, of all that was decided unless an amount in yen is named."""
    return record_payment(
        actor=world.actor(Role.DECIDER),
        award=award,
        kind="advance",
        amount=int(award.amount) if amount is None else amount,
        paid_on=timezone.localdate(),
    )


def typed_rows(part: Any, share: int = 100, expected: int = 0) -> dict[UUID, dict[str, Any]]:
    """Every row of a page filled: lines spend `share` per cent of the plan; `expected` on the first."""
    rows: dict[UUID, dict[str, Any]] = {}
    for n, line in enumerate(part.lines.order_by("order")):
        rows[line.uid] = {
            "spent": line.budget * share // 100,
            "expected": expected if n == 0 else 0,
            "other_funding": "none",
            "other_funding_name": "",
            "note": "",
        }
    for result in part.results.order_by("order"):
        rows[result.uid] = {"actual": result.target or 0, "note": ""}
    for income in part.incomes.order_by("order"):
        rows[income.uid] = {"amount": income.budget}
    return rows


def write_report(
    world: World, award: Award, *, share: int = 100, expected: int = 0, on: date | None = None
) -> Filing:
    """A draft of which every page is filled."""
    drafter = world.actor(Role.DRAFTER, award.grantee)
    filing = start_report(actor=drafter, award=award)
    report = PerformanceReport.objects.get(filing=filing)
    for part in report.parts.order_by("order"):
        typed: dict[str, Any] = {}
        if part.key == "basics":
            typed = {
                "completed_on": on or timezone.localdate(),
                "summary": "孤立していた人が居場所につながった。",
            }
        elif part.lines.exists():
            typed = {"text": "予定どおり実施し、参加者が増えた。"}
        first = expected if part.key == "platform" else 0
        save_part(
            actor=drafter,
            part=part,
            seen_version=part.version,
            rows=typed_rows(part, share, first),
            **typed,
        )
    return filing


def examine(world: World, filing: Filing, *, cut: int = 0) -> Filing:
    """Under review, every line found; `cut` yen off the largest eligible one."""
    reviewer = world.actor(Role.REVIEWER)
    filing = world.act(filing, "begin_review", reviewer, no_conflict=True).subject
    sealed = latest_version(filing)
    assert sealed is not None
    if cut:
        lines = [one for one in examined_lines(filing, sealed) if one.is_eligible]
        judge_line(
            actor=reviewer,
            filing=filing,
            line_uid=max(lines, key=lambda one: one.total).uid,
            verdict="cut",
            cut=cut,
            reason="領収書のない支出がある。",
            clause="交付要綱（証拠書類）",
        )
    accept_the_rest(actor=reviewer, filing=filing)
    return world.act(filing, "finish_review", reviewer, opinion="適正と認める。").subject


def fix(world: World, filing: Filing) -> Settlement:
    data = {**world.numbered(), "confirmed": True}
    world.act(filing, "finalise", world.actor(Role.DECIDER), **data)
    found: Settlement = Settlement.objects.select_related("award__grantee").get(filing=filing)
    return found


def settled(
    world: World, award: Award, *, share: int = 100, cut: int = 0
) -> tuple[Filing, Settlement]:
    """Reported, filed, examined and fixed."""
    filing = world.submit(write_report(world, award, share=share))
    filing = examine(world, filing, cut=cut)
    return filing, fix(world, filing)


def order_overpaid(world: World, award: Award) -> RefundOrder:
    numbered = world.numbered()
    return order_refund(
        actor=world.actor(Role.DECIDER),
        award=award,
        claim_key="overpaid",
        due_on=timezone.localdate() + timedelta(days=20),
        reason="確定額を超えて受領しているため。",
        number=numbered["document_number"],
        issued_on=numbered["issued_on"],
    )


def close(world: World, settlement: Settlement) -> Settlement:
    found: Settlement = perform(
        Settlement, settlement.pk, "close", world.actor(Role.DECIDER)
    ).subject
    return found


def raise_point(filing: Filing, sealed: SealedVersion, reviewer: Actor) -> None:
    raise_item(
        actor=reviewer,
        filing=filing,
        sealed=sealed,
        address="platform//text",
        clause="",
        text="成果を詳しく書いてください。",
    )


def answer_points(filing: Filing, drafter: Actor) -> None:
    for item in filing.items.order_by("number"):
        perform(ReviewItem, item.pk, "answer", drafter, data={"text": "書きました。"})
