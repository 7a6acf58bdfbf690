"""Bodies subsidised under ⑧ in the year before, and what they deducted of the tax in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.awards.api import Award
from grants.contractors.api import (
    Contract,
    Contractor,
    FundingStage,
    Invoice,
    InvoiceKind,
    LineClaim,
    add_evidence,
    allocate_in_order,
    declare_funding,
    prepare_contract,
    record_acceptance,
    record_check,
    register_contractor,
    write_invoice,
)
from grants.filings.api import Filing
from grants.input_tax.api import InputTaxReport, save_report, start_report
from grants.programmes.api import Programme
from grants.refunds.api import claims_on, order_refund, record_repayment
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.dates import FiscalYear
from portal.core.identifiers import read_document_number
from portal.workflow.api import perform

from . import cases
from .people import Cast


@dataclass(frozen=True, slots=True)
class _Subsidised:
    """`tax` is what its row says of its own return; `amount` in yen."""

    code: str
    name: str
    kana: str
    address: str
    amount: int
    tax: dict[str, Any]


_BODIES = (
    _Subsidised(
        "47",
        "特定非営利活動法人ゆんたくの輪",
        "とくていひえいりかつどうほうじんゆんたくのわ",
        "沖縄県那覇市泉崎0-0",
        1_200_000,
        {
            "has_filed": True,
            "method": "individual",
            "tax_period": "令和7年4月1日から令和8年3月31日まで",
            "taxed_sales": 8_400_000,
            "all_sales": 9_600_000,
            "taxed_sales_10": 330_000,
            "common_10": 440_000,
            "common_8": 54_000,
            "untaxed": 376_000,
            "note": "謝金と保険料は、消費税がかからない。",
        },
    ),
    _Subsidised(
        "47",
        "一般社団法人やんばるの灯",
        "いっぱんしゃだんほうじんやんばるのあかり",
        "沖縄県名護市港0-0",
        900_000,
        {"has_filed": False, "method": "exempt"},
    ),
    _Subsidised(
        "23",
        "特定非営利活動法人おかえりの家",
        "とくていひえいりかつどうほうじんおかえりのいえ",
        "愛知県豊橋市今橋町0",
        1_500_000,
        {},
    ),
)


def load_subsidies(cast: Cast, bodies: dict[str, Organisation]) -> None:
    """Before the year is closed, so that its report knows of them."""
    programme = Programme.objects.order_by("fiscal_year")[0]
    for number, one in enumerate(_BODIES, start=1):
        award = Award.objects.select_related("programme", "grantee", "decision").get(
            programme=programme, grantee=bodies[one.code]
        )
        contractor = _register(cast, award, one)
        _pay(cast, _conclude(cast, award, contractor, one, number))


def load_input_tax(cast: Cast, office: Organisation, bodies: dict[str, Organisation]) -> None:
    """沖縄 reported everything and paid back; 北海道 reported zero; 宮城 waits for the office; 愛知 writes."""
    programme = Programme.objects.order_by("fiscal_year")[0]
    for code, stage in (("47", "paid"), ("01", "confirmed"), ("04", "submitted"), ("23", "draft")):
        award = Award.objects.select_related("programme", "grantee", "decision").get(
            programme=programme, grantee=bodies[code]
        )
        filing = _write(cast, award)
        if stage == "draft":
            continue
        filing = cases.submit(cast, filing)
        if stage == "submitted":
            continue
        cases.step(filing, "accept", cast.actor(office, Role.REVIEWER))
        if stage == "paid":
            _pay_back(cast, office, award)


def _register(cast: Cast, award: Award, one: _Subsidised) -> Contractor:
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    contractor = register_contractor(
        actor=drafter,
        corporate_number="",
        values={
            "name": one.name,
            "kana": one.kana,
            "body_type": "npo",
            "representative": "見本 次郎",
            "address": one.address,
        },
    )
    start = FiscalYear(award.programme.fiscal_year).start
    for kind in ("religious", "political", "organised_crime"):
        record_check(
            actor=drafter,
            contractor=contractor,
            kind=kind,
            result="clear",
            pledged_on=start - timedelta(days=20),
            reviewer=drafter.name,
            reviewed_on=start - timedelta(days=10),
            expires_on=timezone.localdate() + timedelta(days=300),
            reason="定款と過去3年の活動報告を読み、当たらないことを確かめた。",
            source="定款、過去3年の活動報告、役員名簿による県警への照会",
        )
    return contractor


def _conclude(
    cast: Cast, award: Award, contractor: Contractor, one: _Subsidised, number: int
) -> Contract:
    """For ⑧, whose plan says that bodies are subsidised; one report for the whole year."""
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    year = FiscalYear(award.programme.fiscal_year)
    activity = award.revision.activities.get(type_code="08")
    contract = prepare_contract(
        actor=drafter,
        contractor=contractor,
        award=award,
        activities=[activity.uid],
        values={
            "title": f"居場所の立上げ補助（{one.name}）",
            "number": f"R7-補-{number:03}",
            "kind": "subsidy",
            "amount": one.amount,
            "signed_on": year.start,
            "starts_on": year.start,
            "ends_on": year.end,
            "method": "",
            "rules_name": f"{award.grantee.name}居場所立上げ補助金交付要綱",
            "rules_on": year.start - timedelta(days=30),
            "applied_on": year.start - timedelta(days=12),
            "subsidy_basis": "fixed",
            "settlement": "fixed",
            "tax_status": "exempt",
            "selection_reason": "公募により応募を受け、審査委員4人の採点で選んだ。",
            "due_day": 10,
            "report_interval": 12,
            "same_person_may_submit": True,
        },
    )
    allocate_in_order(actor=drafter, contract=contract)
    paper = SimpleUploadedFile("交付先の選定.csv", "団体,点\n応募1,84\n応募2,71\n".encode())
    add_evidence(actor=drafter, contract=contract, upload=paper)
    return perform(
        Contract, contract.pk, "conclude", drafter, data={"is_answered_for": True}
    ).subject


def _pay(cast: Cast, contract: Contract) -> None:
    """The whole, after the amount was fixed; asked for on paper."""
    drafter = cast.actor(contract.contractor.grantee, Role.DRAFTER)
    for stage in (FundingStage.START, FundingStage.COMPLETION):
        declare_funding(
            actor=drafter,
            contract=contract,
            stage=stage,
            declared_on=contract.ends_on,
            items=[],
        )
    day = contract.ends_on
    record_acceptance(
        actor=drafter,
        contract=contract,
        values={
            "kind": "completion",
            "result": "passed",
            "inspected_on": day,
            "inspector": drafter.name,
            "attended_by": "",
            "reported_on": day,
            "amount": contract.amount,
            "findings": "実績報告と領収書を照らし、補助の目的に使われたことを確かめた。",
        },
    )
    invoice = write_invoice(
        actor=drafter,
        contract=contract,
        values={
            "kind": InvoiceKind.FINAL,
            "number": "請01",
            "billed_on": day,
            "tax_amount": 0,
            "note": "補助金の精算",
        },
        claims={line.pk: LineClaim(line.amount) for line in contract.lines.all()},
    )
    perform(Invoice, invoice.pk, "bill", drafter)
    perform(Invoice, invoice.pk, "accept", drafter)
    paid_on = min(day + timedelta(days=20), timezone.localdate())
    data = {"paid_on": paid_on, "voucher_number": "支-補"}
    perform(Invoice, invoice.pk, "pay", drafter, data=data)


def _write(cast: Cast, award: Award) -> Filing:
    """Whose return is not told yet is left for a later report."""
    drafter = cast.actor(award.grantee, Role.DRAFTER)
    filing = start_report(actor=drafter, award=award)
    report = InputTaxReport.objects.get(filing=filing)
    told = {one.name: one.tax for one in _BODIES}
    rows = {
        row.uid: told[row.name] or {"is_reported": False}
        for row in report.rows.exclude(contractor=None)
    }
    late = any(not tax.get("method") for tax in rows.values())
    save_report(
        actor=drafter,
        report=report,
        seen_version=report.version,
        summary="間接補助の団体は、決算の後に申告する見込み。" if late else "",
        rows=rows,
    )
    return filing


def _pay_back(cast: Cast, office: Organisation, award: Award) -> None:
    decider, today = cast.actor(office, Role.DECIDER), timezone.localdate()
    [claim] = claims_on(award)
    due_on = today - timedelta(days=3)
    order = order_refund(
        actor=decider,
        award=award,
        claim_key=claim.key,
        due_on=due_on,
        reason="仕入控除税額の報告により、国に返す額が確定したため。",
        number=read_document_number("府孤推第960号").value,
        issued_on=due_on - timedelta(days=20),
        notice_number="納告960",
    )
    record_repayment(actor=decider, order=order, amount=order.amount, paid_on=due_on)
    perform(type(order), order.pk, "settle", decider)
