"""予算, 請求 and payments: what may be spent, who asked for money, and the accounts' file to compare."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.awards.api import Award
from grants.claims.api import Claim, limit_of, read_holder, save_claim, start_claim
from grants.filings.api import Filing, latest_version, raise_item
from grants.funds.api import correct_step, pay_claim, receive_accounts, record_step
from grants.payments.api import Payment
from grants.programmes.api import Programme
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.dates import FiscalYear

from . import cases
from .closing import report_on
from .people import Cast

# How far the 概算払 of this year is, in the order of the bodies that were decided; 鳥取 was paid once.
_ADVANCES = ("accepted", "accepted", "under_review", "returned", "submitted", "writing", "paid")
_PAID = "31"
# How far the 精算払 of last year is, while it may be paid: these bodies were owed the second half.
_FINALS = {"15": "accepted", "25": "submitted", "35": ""}


def load_claims(
    cast: Cast, office: Organisation, bodies: dict[str, Organisation], current: Programme
) -> None:
    last = Programme.objects.order_by("fiscal_year")[0]
    for number, (code, stage) in enumerate(_FINALS.items(), start=1):
        award = _award(last, bodies[code])
        report_on(cast, office, award, "finalised", 780 + number)
        if stage and limit_of(award).left:
            _claim(cast, office, award, stage)
    for year in (last, current):
        _funds(cast, office, year)
    awards = Award.objects.filter(programme=current).in_force().order_by("grantee__prefecture_id")
    own = awards.exclude(grantee__approval_route="own").select_related(
        "programme", "grantee", "decision"
    )
    others = iter(_ADVANCES)
    for award in own:
        stage = "paid" if award.grantee.prefecture_id == _PAID else next(others, "submitted")
        _claim(cast, office, award, stage)
    _compare(cast, office, last)


def _award(programme: Programme, body: Organisation) -> Award:
    found: Award = Award.objects.select_related("programme", "grantee", "decision").get(
        programme=programme, grantee=body
    )
    return found


def _funds(cast: Cast, office: Organisation, programme: Programme) -> None:
    """The budget at the beginning, 示達 twice, 支出負担行為 for what was decided; one of them mended."""
    decider, start = cast.actor(office, Role.DECIDER), FiscalYear(programme.fiscal_year).start
    decided = Award.objects.filter(programme=programme).total()
    year = programme.fiscal_year - 2018

    def step(name: str, days: int, number: str, amount: int, note: str) -> Any:
        return record_step(
            actor=decider,
            programme=programme,
            step=name,
            acted_on=min(start + timedelta(days=days), timezone.localdate()),
            document_number=f"府会第{year}{number}号",
            amount=amount,
            note=note,
        )

    step("appropriation", 0, "01", 620_000_000, "当初予算")
    step("allotment", 20, "11", 400_000_000, "第1回の示達")
    step("allotment", 150, "12", 200_000_000, "第2回の示達")
    if decided:
        wrong = step("commitment", 85, "21", decided // 2, "交付決定のとおり")
        correct_step(
            actor=decider,
            wrong=wrong,
            acted_on=wrong.acted_on,
            document_number=wrong.document_number,
            amount=decided,
            note=wrong.note,
            reason="同じ日の交付決定の一部が漏れていたため。",
        )


def _claim(cast: Cast, office: Organisation, award: Award, stage: str) -> None:
    drafter, reviewer = cast.actor(award.grantee, Role.DRAFTER), cast.actor(office, Role.REVIEWER)
    filing = _write(cast, award)
    if stage == "writing":
        return
    filing = cases.submit(cast, filing)
    if stage == "submitted":
        return
    filing = cases.begin_review(cast, office, filing)
    if stage == "under_review":
        return
    if stage == "returned":
        _return(filing, reviewer)
        return
    cases.step(filing, "accept", reviewer)
    if stage == "paid":
        claim = Claim.objects.select_related("award__programme").get(filing=filing)
        pay_claim(
            actor=cast.actor(office, Role.DECIDER),
            claim=claim,
            paid_on=timezone.localdate(),
            reference=f"支出{award.programme.fiscal_year % 100}-101",
        )
        start_claim(actor=drafter, award=award)


def _write(cast: Cast, award: Award) -> Filing:
    """Four tenths of the amount as 概算払, or all that is left as 精算払."""
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    filing = start_claim(actor=drafter, award=award)
    claim = Claim.objects.select_related("award__programme").get(filing=filing)
    months = list(claim.months.all())
    spent = int(award.amount) // max(1, len(months[:5]))
    rows = {
        row.uid: {"direct": spent if n < 5 else None, "purpose": _PURPOSES[n] if n < 5 else ""}
        for n, row in enumerate(months)
    }
    prefecture = award.grantee.prefecture
    assert prefecture is not None  # a grantee of the demo is one
    code = prefecture.code
    save_claim(
        actor=drafter,
        claim=claim,
        seen_version=claim.version,
        amount=limit_of(award).left
        if claim.is_final
        else int(award.amount) * 4 // 10 // 1000 * 1000,
        reason=""
        if claim.is_final
        else "居場所の運営と研修の経費を、年度の前半から支払う必要があるため。",
        account={
            "bank_code": f"01{code}",
            "bank_name": f"{award.grantee.name[:2]}銀行",
            "branch_code": f"1{code}",
            "branch_name": "県庁支店",
            "kind": "1",
            "number": f"00{code}{code}7",
            "holder": read_holder(f"{prefecture.kana} カイケイカンリシャ").text,
        },
        rows=rows,
    )
    return filing


_PURPOSES = (
    "相談員の報酬と旅費",
    "研修の謝金と会場費",
    "啓発冊子の印刷費",
    "居場所の備品と消耗品",
    "実態調査の郵送料",
)


def _return(filing: Filing, reviewer: Any) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # it was submitted
    raise_item(
        actor=reviewer,
        filing=filing,
        sealed=sealed,
        address="claim//reason",
        clause="予決令58条",
        text="前半に必要となる理由を、取組ごとに書いてください。",
    )
    due = timezone.localdate() + timedelta(days=7)
    cases.step(filing, "return", reviewer, answer_due=due)


def _compare(cast: Cast, office: Organisation, programme: Programme) -> None:
    """The accounts' list of last year: most as recorded, one day off, one missing, one of a claim."""
    paid = list(
        Payment.objects.standing()
        .filter(award__programme=programme)
        .select_related("award__grantee")
        .order_by("paid_on", "award__grantee__prefecture_id")
    )
    lines = ["支払日,債主,支払額,文書番号"]
    for number, one in enumerate(paid[1:], start=1):
        day = one.paid_on - timedelta(days=1) if number == 3 else one.paid_on
        lines.append(_line(day, f"{one.award.grantee.name}知事", int(one.amount), one.reference))
    claim = Claim.objects.to_pay().filter(award__programme=programme).first()
    if claim is not None:
        lines.append(
            _line(
                timezone.localdate(),
                f"{claim.award.grantee.name}会計管理者",
                int(claim.amount or 0),
                f"支出{programme.fiscal_year % 100}-201",
            )
        )
    lines.append(_line(paid[-1].paid_on, "どこか市長", 1_000, "支出99-1"))
    receive_accounts(
        actor=cast.actor(office, Role.REVIEWER),
        programme=programme,
        upload=SimpleUploadedFile("支払一覧.csv", "\n".join(lines).encode("cp932")),
    )


def _line(day: date, payee: str, amount: int, reference: str) -> str:
    return f"{day:%Y/%m/%d},{payee},{amount},{reference}"
