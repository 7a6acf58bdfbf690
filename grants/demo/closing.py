"""The year before, on its way to its end: payments, reports, amounts fixed, money that comes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing, latest_version
from grants.payments.api import record_payment
from grants.programmes.api import Programme
from grants.refunds.api import order_refund, record_repayment
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
from portal.core.dates import FiscalYear
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

from . import cases
from .people import Cast

# How far the reports of last year are, by prefecture; the others have been paid and no more.
_STAGES = {
    "20": "writing",
    "21": "examining",
    "31": "refund",
    "01": "closed",
    "04": "closed",
    "13": "reviewed",
    "23": "finalised",
    "27": "submitted",
    "34": "submitted",
    "40": "writing",
    "47": "closed",
}
_TEXT = (
    "計画のとおり実施した。参加した人へのアンケートでは、7割が「話せる相手が増えた」と答えた。"
    "通いにくい地区が残り、翌年度は開催の場所を増やす。"
)


def load_closing(cast: Cast, office: Organisation, bodies: dict[str, Organisation]) -> None:
    programme = Programme.objects.order_by("fiscal_year")[0]
    for n, (code, body) in enumerate(bodies.items()):
        award = Award.objects.select_related("programme", "grantee", "decision").get(
            programme=programme, grantee=body
        )
        _pay(cast, office, award, n)
        stage = _STAGES.get(code)
        if stage is not None:
            report_on(cast, office, award, stage, 700 + n)


def _last_payments(award: Award) -> date:
    """A day on which the state still paid out of the award's year."""
    return date(award.programme.fiscal_year + 1, 4, 24)


def _pay(cast: Cast, office: Organisation, award: Award, n: int) -> None:
    """概算払 in autumn and in winter; a few bodies are still owed the second."""
    first = int(award.amount) * 6 // 10
    starts = FiscalYear(award.programme.fiscal_year).start
    parts = [(first, starts + timedelta(days=170))]
    if n % 5 != 4:
        parts.append((int(award.amount) - first, starts + timedelta(days=330)))
    for number, (amount, day) in enumerate(parts, start=1):
        record_payment(
            actor=cast.actor(office, Role.DECIDER),
            award=award,
            kind="advance",
            amount=amount,
            paid_on=min(day, timezone.localdate()),
            reference=f"支出{n + 1:02}-{number}",
        )


def report_on(cast: Cast, office: Organisation, award: Award, stage: str, number: int) -> None:
    share = {"refund": 88, "finalised": 94, "examining": 97}.get(stage, 100)
    filing = _write(cast, award, share, is_whole=stage != "writing")
    if stage == "writing":
        return
    filing = cases.submit(cast, filing)
    if stage == "submitted":
        return
    filing = cases.begin_review(cast, office, filing)
    _judge(cast, office, filing, is_whole=stage != "examining")
    if stage == "examining":
        return
    reviewer = cast.actor(office, Role.REVIEWER)
    filing = cases.step(filing, "finish_review", reviewer, opinion="証拠書類と合う。適正と認める。")
    if stage == "reviewed":
        return
    settlement = _fix(cast, office, filing, number)
    if stage == "refund":
        _order(cast, office, settlement.award, number + 100)
    elif stage == "closed":
        _even(cast, office, settlement)
        perform(Settlement, settlement.pk, "close", cast.actor(office, Role.DECIDER))


def _write(cast: Cast, award: Award, share: int, *, is_whole: bool) -> Filing:
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    filing = start_report(actor=drafter, award=award)
    parts = list(PerformanceReport.objects.get(filing=filing).parts.order_by("order"))
    for part in parts if is_whole else parts[:3]:
        typed: dict[str, Any] = {"rows": _rows(part, share)}
        if part.key == "basics":
            typed["completed_on"] = FiscalYear(award.programme.fiscal_year).end
            typed["summary"] = _TEXT
        elif typed["rows"] and part.key != "incomes":
            typed["text"] = _TEXT
        save_part(actor=drafter, part=part, seen_version=part.version, **typed)
    return filing


def _rows(part: Any, share: int) -> dict[UUID, dict[str, Any]]:
    rows: dict[UUID, dict[str, Any]] = {}
    for n, line in enumerate(part.lines.order_by("order")):
        rows[line.uid] = {
            "spent": line.budget if n % 3 == 0 else line.budget * share // 100,
            "expected": 0,
            "other_funding": "none",
            "other_funding_name": "",
            "note": "",
        }
    for one in part.results.order_by("order"):
        reached = one.actual if one.actual is not None else (one.target or 0)
        rows[one.uid] = {"actual": reached, "note": ""}
    for income in part.incomes.order_by("order"):
        rows[income.uid] = {"amount": income.budget}
    return rows


def _judge(cast: Cast, office: Organisation, filing: Filing, *, is_whole: bool) -> None:
    """One line is cut for want of a receipt; while it goes on, one waits for an answer and one for a look.

    A line that was looked at closely is accepted.
    """
    reviewer = cast.actor(office, Role.REVIEWER)
    sealed = latest_version(filing)
    assert sealed is not None  # it was submitted
    lines = [one for one in examined_lines(filing, sealed) if one.is_eligible]
    judge_line(
        actor=reviewer,
        filing=filing,
        line_uid=lines[0].uid,
        verdict="cut",
        cut=max(1, lines[0].total // 10),
        reason="領収書の一部がなく、支出を確かめられない。",
        clause="交付の条件6（証拠書類の保存）",
    )
    picked: dict[str, Any] = {"actor": reviewer, "filing": filing, "line_uid": lines[-1].uid}
    judge_line(**picked, verdict="sampled", reason="年度末に支出が集まっている。")
    judge_line(
        **picked,
        verdict="accepted_line",
        looked_at="請求書と領収書の原本、振込の控え",
        outcome="支出の日、相手、額が帳簿と一致した。",
    )
    if is_whole:
        accept_the_rest(actor=reviewer, filing=filing)
    else:
        judge_line(
            actor=reviewer,
            filing=filing,
            line_uid=lines[1].uid,
            verdict="parked",
            reason="検査調書の写しを求めている。",
        )
        judge_line(
            actor=reviewer,
            filing=filing,
            line_uid=lines[2].uid,
            verdict="sampled",
            reason="1件の額が大きい。",
        )


def _fix(cast: Cast, office: Organisation, filing: Filing, number: int) -> Settlement:
    day = timezone.localdate() - timedelta(days=60)
    cases.step(
        filing,
        "finalise",
        cast.actor(office, Role.DECIDER),
        document_number=read_document_number(f"府孤推第{number}号").value,
        decided_on=day,
        issued_on=day,
        confirmed=True,
    )
    found: Settlement = Settlement.objects.select_related("award__programme", "award__grantee").get(
        filing=filing
    )
    return found


def _order(cast: Cast, office: Organisation, award: Award, number: int) -> None:
    """Half of it came in time, the rest is late: 延滞金 grows by the day."""
    order = _refund(cast, office, award, number, timezone.localdate() - timedelta(days=15))
    record_repayment(
        actor=cast.actor(office, Role.DECIDER),
        order=order,
        amount=order.amount // 2,
        paid_on=order.due_on,
        reference="領収001",
    )


def _refund(cast: Cast, office: Organisation, award: Award, number: int, due_on: date) -> Any:
    return order_refund(
        actor=cast.actor(office, Role.DECIDER),
        award=award,
        claim_key="overpaid",
        due_on=due_on,
        reason="額の確定により、受領した額が確定額を超えたため。",
        number=read_document_number(f"府孤推第{number}号").value,
        issued_on=due_on - timedelta(days=20),
        notice_number=f"納告{number}",
    )


def _even(cast: Cast, office: Organisation, settlement: Settlement) -> None:
    """What is short is paid, what is over comes back in time."""
    award, decider = settlement.award, cast.actor(office, Role.DECIDER)
    paid = award.payments.standing().total()
    today = timezone.localdate()
    if paid < settlement.amount:
        record_payment(
            actor=decider,
            award=award,
            kind="final",
            amount=int(settlement.amount) - paid,
            paid_on=min(today - timedelta(days=30), _last_payments(award)),
        )
    elif paid > settlement.amount:
        number = int("".join(filter(str.isdigit, settlement.document_number))) + 100
        order = _refund(cast, office, award, number, today - timedelta(days=10))
        record_repayment(actor=decider, order=order, amount=order.amount, paid_on=order.due_on)
        perform(type(order), order.pk, "settle", decider)
