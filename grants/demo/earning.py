"""What the work of the year before brought in after it was done: told, examined, paid, and not yet told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing
from grants.income.api import IncomeReport, save_report, start_report
from grants.programmes.api import Programme
from grants.refunds.api import claims_on, order_refund, record_repayment
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.identifiers import read_document_number
from portal.documents.api import Document, Limits, attach
from portal.workflow.api import perform

from . import cases
from .people import Cast


@dataclass(frozen=True, slots=True)
class _Earned:
    """Yen with kind and words; costs with their reason. `stage` is how far the report is."""

    stage: str
    incomes: tuple[tuple[str, str, int], ...] = ()
    costs: tuple[tuple[str, str, int], ...] = ()
    summary: str = ""


_REPORTS = {
    "47": _Earned(
        "paid",
        (
            (
                "participation",
                "つながりサポーター養成講座の参加料（テキスト代、延べ142人）",
                284_000,
            ),
            ("sales", "啓発冊子の売払い（市町村へ 620部）", 186_000),
        ),
        (("テキストの増刷", "参加料で頒布したテキストを刷り足したため。", 96_800),),
        "完了の後も、同じ教材で講座を続けている。",
    ),
    "01": _Earned("confirmed", summary="講座は無料で続けており、収入はない。"),
    "04": _Earned(
        "submitted",
        (("services", "企業の研修への講師の派遣（4回）", 132_000),),
        (("講師の旅費", "派遣の都度、県が支払ったため。", 38_440),),
    ),
    "23": _Earned("draft", (("participation", "居場所の利用料（1回100円、延べ830人）", 83_000),)),
}


def load_income(cast: Cast, office: Organisation, bodies: dict[str, Organisation]) -> None:
    """沖縄 paid; 北海道 had nothing; 宮城 waits for the office; 愛知 writes; the others are late."""
    programme = Programme.objects.order_by("fiscal_year")[0]
    for code, earned in _REPORTS.items():
        award = Award.objects.select_related("programme", "grantee", "decision", "revision").get(
            programme=programme, grantee=bodies[code]
        )
        filing = _write(cast, award, earned)
        if earned.stage == "draft":
            continue
        filing = cases.submit(cast, filing)
        if earned.stage == "submitted":
            continue
        reviewer = cast.actor(office, Role.REVIEWER)
        filing = cases.step(filing, "begin_review", reviewer, no_conflict=True)
        cases.step(filing, "accept", reviewer)
        if earned.stage == "paid":
            _pay(cast, office, award)


def _write(cast: Cast, award: Award, earned: _Earned) -> Filing:
    """Under the first activity of the plan; one file holds what proves all rows."""
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    filing = start_report(actor=drafter, award=award)
    report = IncomeReport.objects.get(filing=filing)
    evidence = _attach(cast, filing) if earned.incomes and earned.stage != "draft" else None
    activity = award.revision.activities.order_by("type_code")[0].type_code
    given = {"activity": activity, "evidence": evidence}
    save_report(
        actor=drafter,
        report=report,
        seen_version=report.version,
        is_nothing=not earned.incomes,
        summary=earned.summary,
        incomes=[
            {"kind": kind, "what": what, "amount": amount, **given}
            for kind, what, amount in earned.incomes
        ],
        costs=[
            {"what": what, "reason": reason, "amount": amount, **given}
            for what, reason, amount in earned.costs
        ],
    )
    return filing


def _attach(cast: Cast, filing: Filing) -> Document:
    return attach(
        upload=SimpleUploadedFile("調定と領収の一覧.csv", "日付,内容,金額\n".encode()),
        kind="attachment:other",
        subject=filing,
        actor=cast.actor(filing.grantee, Role.DRAFTER),
        limits=Limits(),
        case_id=filing.case_id,
    )


def _pay(cast: Cast, office: Organisation, award: Award) -> None:
    """In two parts, the second on the last day."""
    decider, today = cast.actor(office, Role.DECIDER), timezone.localdate()
    claim = next(one for one in claims_on(award) if one.ground == "income")
    due_on = today - timedelta(days=2)
    order = order_refund(
        actor=decider,
        award=award,
        claim_key=claim.key,
        due_on=due_on,
        reason="収益状況の報告により、国に納付する額が確認されたため。",
        number=read_document_number("府孤推第970号").value,
        issued_on=due_on - timedelta(days=20),
        notice_number="納告970",
    )
    first = int(order.amount) // 2
    for amount, days in ((first, 9), (int(order.amount) - first, 0)):
        paid_on = due_on - timedelta(days=days)
        record_repayment(actor=decider, order=order, amount=amount, paid_on=paid_on)
    perform(type(order), order.pk, "settle", decider)
