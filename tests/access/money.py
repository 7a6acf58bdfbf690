"""Samples of what follows a decision: contracts with their money, payments, reports, refunds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from grants.awards.api import Award
from grants.carryovers.api import Carried, Carryover, YearEnd
from grants.changes.api import (
    ChangeRequest,
    Discontinuance,
    Due,
    Incident,
    ProgressReport,
    Reallocation,
    start_change,
    start_progress,
    start_statement,
)
from grants.claims.api import Claim, start_claim
from grants.conditions.api import begin_report
from grants.connections.api import AccessKey
from grants.contractors.api import (
    Contract,
    ContractActivity,
    ContractLine,
    Contractor,
    ContractPaper,
    ContractPerson,
    Invoice,
    InvoiceLine,
    register_contractor,
)
from grants.filings.api import Filing
from grants.funds.api import AccountsFile, FundRecord, receive_accounts, record_step
from grants.income.api import IncomeReport
from grants.input_tax.api import InputTaxReport
from grants.input_tax.api import start_report as start_tax_report
from grants.officers.models import OfficerList
from grants.officers.rules import Officer
from grants.officers.services import write_list
from grants.payments.api import Payment
from grants.properties.api import Asset, DisposalRequest, start_disposal
from grants.records.api import (
    ActivityRecord,
    ClearedText,
    ColumnName,
    PeriodReport,
    RecordBatch,
    ReportVersion,
    enter_record,
    receive,
)
from grants.records.services import open_months
from grants.refunds.models import GivingBack, Lowering, RefundOrder, Repayment
from grants.revocations.api import Revocation
from grants.settlements.api import PerformanceReport, ReportPart, Settlement, start_report
from grants.subcontracts.api import Subcontract
from portal.access.api import Role
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.access.carrying import carried_samples

if TYPE_CHECKING:
    from tests.access.everyone import Everyone


def contract_samples(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """A contract of the contractor's people under the award, where there is one yet."""
    recorder = everyone.actors[Role.RECORDER]
    contractor = Contractor.objects.create(
        grantee=filing.grantee,
        organisation_id=recorder.organisation_id,
        name=recorder.organisation_name,
        body_type="npo",
    )
    officers = _officers_of(everyone, contractor)
    award = Award.objects.filter(decision__filing=filing).first()
    if award is None:
        later = (
            Award,
            Contract,
            Invoice,
            ContractPaper,
            PeriodReport,
            ReportVersion,
            RecordBatch,
            ActivityRecord,
            ColumnName,
            ClearedText,
            AccessKey,
            Subcontract,
        )
        known = {Contractor: contractor.pk, OfficerList: officers.pk}
        return known | {model: uuid4() for model in later}
    contract = _contract(everyone, contractor, award)
    report = PeriodReport.objects.select_related("contract").filter(contract=contract).first()
    assert report is not None
    row = {"title": "冊子", "published_on": report.month, "medium": "印刷"}
    entry = enter_record(actor=recorder, report=report, row=row)
    upload = SimpleUploadedFile("実績.csv", "件名,実施日,媒体\n冊子,2026/4/1,印刷\n".encode())
    batch = receive(actor=recorder, report=report, upload=upload)
    drain()
    name = ColumnName.objects.create(
        contractor=contractor,
        type_code="04",
        text="くばった数",
        key="copies",
        chosen_by_id=recorder.user_id,
    )
    return {
        Contractor: contractor.pk,
        OfficerList: officers.pk,
        Award: award.pk,
        Contract: contract.pk,
        Invoice: _invoice_of(everyone, contract).pk,
        ContractPaper: pk_of(contract.papers.first()),
        ReportVersion: uuid4(),
        PeriodReport: report.pk,
        RecordBatch: batch.pk,
        ActivityRecord: entry.pk,
        ColumnName: name.pk,
        ClearedText: _cleared(everyone, contractor).pk,
        AccessKey: _key(everyone, contract).pk,
        Subcontract: _link(everyone, contract).pk,
    }


def _link(everyone: Everyone, contract: Contract) -> Subcontract:
    """Entered by the prefecture from paper, and asked for, so that both sides see it."""
    drafter = everyone.actors[Role.DRAFTER]
    body = register_contractor(
        actor=drafter,
        corporate_number="",
        values={
            "name": "印刷の会社",
            "kana": "いんさつのかいしゃ",
            "body_type": "company",
            "representative": "見本 次郎",
            "address": "長野県長野市大字南長野0",
        },
    )
    link = Subcontract.objects.create(
        contract=contract,
        contractor=body,
        work="冊子の印刷",
        reason="印刷の機械を持っている。",
        amount=1,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        is_offices_own=True,
        entered_by_id=drafter.user_id,
        requested_on=contract.starts_on,
    )
    link.state = "requested"
    link.save()
    return link


def _officers_of(everyone: Everyone, contractor: Contractor) -> OfficerList:
    today = timezone.localdate()
    return write_list(
        actor=everyone.actors[Role.DRAFTER],
        contractor=contractor,
        collected_on=today,
        destroy_on=today,
        officers=[Officer("たかはし はなこ", "髙橋 花子", date(1970, 2, 3), "F", "長野市", "理事")],
    )


def _key(everyone: Everyone, contract: Contract) -> AccessKey:
    """Of which nobody knows the secret."""
    recorder = everyone.actors[Role.RECORDER].user_id
    return AccessKey.objects.create(
        contract=contract,
        label="会員管理",
        acts_for_id=recorder,
        role=Role.RECORDER,
        scopes=["read", "write"],
        digest="0" * 64,
        hint="0000",
        expires_on=timezone.localdate(),
        made_by_id=everyone.actors[Role.RESPONSIBLE].user_id,
    )


def _contract(everyone: Everyone, contractor: Contractor, award: Award) -> Contract:
    """In force, for one month: this one."""
    today = timezone.localdate()
    contract = Contract.objects.create(
        contractor=contractor,
        award=award,
        kind="contract",
        title="冊子の作成と配布",
        amount=1,
        signed_on=today,
        starts_on=today,
        ends_on=today,
        method="GEN",
    )
    activity = award.revision.activities.get(type_code="04")
    ContractActivity.objects.create(
        contract=contract, activity_uid=activity.uid, type_code="04", name=activity.name
    )
    for role in (Role.RECORDER, Role.RESPONSIBLE):
        ContractPerson.objects.create(
            contract=contract, user_id=everyone.actors[role].user_id, role=role
        )
    contract.state = "in_force"
    contract.save()
    open_months(contract)
    return contract


def _cleared(everyone: Everyone, contractor: Contractor) -> ClearedText:
    return ClearedText.objects.create(
        contractor=contractor,
        text="つながりカフェ髙橋",
        reason="店の名前である。",
        cleared_by_id=everyone.actors[Role.RECORDER].user_id,
    )


def _invoice_of(everyone: Everyone, contract: Contract) -> Invoice:
    """Billed, so that both sides see it."""
    line = ContractLine.objects.create(
        contract=contract,
        line_uid=uuid4(),
        activity_uid=uuid4(),
        category_code="12",
        item="冊子の印刷",
        amount=1,
    )
    responsible = everyone.actors[Role.RESPONSIBLE]
    invoice = Invoice.objects.create(
        contract=contract,
        kind="part",
        billed_on=timezone.localdate(),
        amount=1,
        entered_by_id=responsible.user_id,
    )
    InvoiceLine.objects.create(invoice=invoice, contract_line=line, amount=1)
    perform(Invoice, invoice.pk, "bill", responsible)
    return invoice


SEALED = '{"claim": "overpaid", "receipts": [], "cuts": [], "columns": {"a": 1, "b": 0, "d": 1}}'


def closing_samples(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """What follows a decision: a payment, the report as it is written, an amount fixed, a refund."""
    award = Award.objects.filter(decision__filing=filing).first()
    if award is None:
        money = (Award, Payment, RefundOrder, Repayment, Settlement, Revocation)
        money += (Lowering, GivingBack)
        money += (Claim, FundRecord, AccountsFile)
        money += (InputTaxReport, IncomeReport, Asset, DisposalRequest)
        money += (Carryover, Carried, YearEnd)
        money += (ChangeRequest, Reallocation, Discontinuance, Incident, ProgressReport)
        return {model: uuid4() for model in (*money, PerformanceReport, ReportPart)}
    decider, today = everyone.actors[Role.DECIDER], timezone.localdate()
    recorded = {"recorded_by_id": decider.user_id, "recorded_by_name": decider.name}
    payment = Payment.objects.create(
        award=award, kind="advance", amount=2, paid_on=today, **recorded
    )
    claim = start_claim(actor=everyone.actors[Role.DRAFTER], award=award)
    report = start_report(actor=everyone.actors[Role.DRAFTER], award=award)
    act = {"issued_on": today, "sha256": "0" * 64, "payload": SEALED}
    by = {"decided_by_id": decider.user_id, "decided_by_name": decider.name, "decided_on": today}
    settlement = Settlement.objects.create(
        award=award,
        filing=report,
        sealed=filing.versions.get(number=1),
        amount=1,
        decided=award.amount,
        recomputed=1,
        received=2,
        document_number="府孤推第9002号",
        **by,
        **act,
    )
    said = by | act | recorded
    order = _ordered(award, "overpaid", 1, "府孤推第9003号", said)
    repayment = Repayment.objects.create(order=order, amount=1, paid_on=today, **recorded)
    return {
        Award: award.pk,
        Payment: payment.pk,
        Claim: claim.pk,
        RefundOrder: order.pk,
        Repayment: repayment.pk,
        **_lowered(award, said),
        PerformanceReport: report.pk,
        ReportPart: ReportPart.objects.get(report_id=report.pk, key="platform").pk,
        Settlement: settlement.pk,
        **_property(everyone, award),
        **_reported_back(everyone, award),
        Revocation: _revoked(award, by | act).pk,
        **_changed(everyone, award),
        **carried_samples(everyone, award),
        **_funded(everyone, award),
    }


def _ordered(
    award: Award, ground: str, amount: int, number: str, said: dict[str, Any]
) -> RefundOrder:
    return RefundOrder.objects.create(
        award=award,
        ground=ground,
        amount=amount,
        reason="記録のとおり。",
        due_on=said["issued_on"],
        document_number=number,
        ordered_by_id=said["decided_by_id"],
        ordered_by_name=said["decided_by_name"],
        **{name: said[name] for name in ("issued_on", "sha256", "payload")},
    )


def _lowered(award: Award, said: dict[str, Any]) -> dict[type[models.Model], Any]:
    """An order beside the amount that proved too high by one yen, which went back."""
    lowering = Lowering.objects.create(
        order=_ordered(award, "input_tax", 2, "府孤推第9010号", said),
        amount=1,
        over=1,
        reason="訂正の報告のとおり。",
        document_number="府孤推第9011号",
        issued_by_id=said["decided_by_id"],
        issued_by_name=said["decided_by_name"],
        **{name: said[name] for name in ("issued_on", "sha256", "payload")},
    )
    giving = GivingBack.objects.create(
        lowering=lowering,
        paid_on=said["issued_on"],
        recorded_by_id=said["recorded_by_id"],
        recorded_by_name=said["recorded_by_name"],
    )
    return {Lowering: lowering.pk, GivingBack: giving.pk}


def _funded(everyone: Everyone, award: Award) -> dict[type[models.Model], Any]:
    """A budget of one yen, recorded after everything was paid, and a file of the accounts."""
    record = record_step(
        actor=everyone.actors[Role.DECIDER],
        programme=award.programme,
        step="appropriation",
        acted_on=timezone.localdate(),
        document_number="府会第1号",
        amount=1,
    )
    rows = f"支払日,相手方,支払額\n{timezone.localdate()},長野県,2\n"
    held = receive_accounts(
        actor=everyone.actors[Role.REVIEWER],
        programme=award.programme,
        upload=SimpleUploadedFile("支払一覧.csv", rows.encode()),
    )
    return {FundRecord: record.pk, AccountsFile: held.pk}


def _reported_back(everyone: Everyone, award: Award) -> dict[type[models.Model], Any]:
    """As they are being written; the year of the second is still to come."""
    tax = start_tax_report(actor=everyone.actors[Role.DRAFTER], award=award)
    income = begin_report(model=IncomeReport, award=award, fiscal_year=2027)
    return {InputTaxReport: tax.pk, IncomeReport: income.pk}


def _property(everyone: Everyone, award: Award) -> dict[type[models.Model], Any]:
    """One in the register, and of another the request as it is being written."""
    drafter = everyone.actors[Role.DRAFTER]
    asked = start_disposal(actor=drafter, asset=_bought(everyone, award, number=2))
    return {Asset: _bought(everyone, award).pk, DisposalRequest: asked.pk}


def _bought(everyone: Everyone, award: Award, number: int = 1) -> Asset:
    """One yen of a computer, in the register as it would be held."""
    drafter = everyone.actors[Role.DRAFTER]
    return Asset.objects.create(
        award=award,
        number=number,
        line_uid=uuid4(),
        line="10 消耗品",
        keeper="prefecture",
        class_code="computer",
        class_name="端末",
        years=4,
        years_source="省令",
        name="端末",
        quantity=1,
        unit_price=1,
        amount=1,
        acquired_on=timezone.localdate(),
        location="県庁",
        rate="1/2",
        registered_by_id=drafter.user_id,
        registered_by_name=drafter.name,
    )


def _revoked(award: Award, act: dict[str, Any]) -> Revocation:
    """A part of two yen."""
    return Revocation.objects.create(
        award=award,
        ground="changed",
        before=2,
        after=1,
        provision="事情の変更",
        reason="継続する必要がなくなった。",
        document_number="府孤推第9004号",
        **act,
    )


def _changed(everyone: Everyone, award: Award) -> dict[type[models.Model], Any]:
    """A change as it is written, and yen that were moved before it began."""
    drafter = everyone.actors[Role.DRAFTER]
    change = start_change(actor=drafter, award=award)
    moved = Reallocation.objects.create(
        award=award,
        decision=award.decision,
        source_uid=uuid4(),
        source="1行目",
        target_uid=uuid4(),
        target="2行目",
        amount=1,
        moved_on=timezone.localdate(),
        reason="見積りとの差が出たため。",
        recorded_by_id=drafter.user_id,
        recorded_by_name=drafter.name,
    )
    stated = {
        model: start_statement(actor=drafter, award=award, model=model, label="様式").pk
        for model in (Discontinuance, Incident)
    }
    day = timezone.localdate()
    due = Due(day, day, "")
    stated[ProgressReport] = start_progress(actor=drafter, award=award, due=due).pk
    return {ChangeRequest: change.pk, Reallocation: moved.pk, **stated}


def pk_of(row: models.Model | None) -> UUID:
    return row.pk if row is not None else uuid4()
