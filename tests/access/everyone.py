"""One person in each of the twelve roles, signed in, and one sample of every kind of object."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client
from django.utils import timezone

from grants.allocations.api import (
    Batch,
    Promise,
    Scenario,
    Statement,
    Survey,
    open_survey,
    start_statement,
)
from grants.approvals.api import Route
from grants.awards.api import Award
from grants.contractors.api import (
    Contract,
    ContractActivity,
    ContractLine,
    Contractor,
    ContractPaper,
    ContractPerson,
    Invoice,
    InvoiceLine,
)
from grants.desk.models import Batch as DeskBatch
from grants.desk.models import Conflict, ProgrammeQuestion, SavedFilter
from grants.filings.api import Filing, ReviewItem, SealedVersion
from grants.inquiries.api import Inquiry, Reply, write_inquiry
from grants.payments.api import Payment
from grants.plans.api import PlanRevision, PlanUpload
from grants.plans.uploads import receive_workbook
from grants.plans.workbook import write_workbook
from grants.programmes.api import Programme, Round
from grants.records.api import (
    ActivityRecord,
    PeriodReport,
    RecordBatch,
    ReportVersion,
    enter_record,
    receive,
)
from grants.records.services import open_months
from grants.refunds.models import RefundOrder, Repayment
from grants.revocations.api import Revocation
from grants.settlements.api import PerformanceReport, ReportPart, Settlement, start_report
from inspections.demands.api import Demand, Extension, Report, ask_for_time, write_demand
from platforms.api import (
    AgendaProposal,
    Council,
    Listing,
    Meeting,
    Member,
    MemberImport,
    Platform,
    receive_members,
)
from portal.access.api import OrganisationKind, Role
from portal.accounts.api import (
    Absence,
    Handover,
    Membership,
    Organisation,
    Reopening,
    User,
    grant_role,
)
from portal.core.actor import Actor
from portal.core.identifiers import read_document_number
from portal.documents.api import Document
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.workflow.api import perform
from tests.access.urls import Address
from tests.world import World, client_of

PREFECTURES_OWN = frozenset({Role.DRAFTER, Role.APPROVER, Role.PREFECTURE_ADMIN})


@dataclass
class Everyone:
    """People of 内閣府, of 長野県, of a contractor and of a platform's member."""

    world: World
    actors: dict[str, Actor]
    clients: dict[str, Client]
    samples: dict[type[models.Model], Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def url(self, address: Address, pk: Any = None) -> str:
        """Of the sample object, or of the one named. Raises LookupError for a model without one."""
        values = dict(self.values)
        model = address.view.model if address.view is not None else None
        if model is not None:
            if model not in self.samples:
                raise LookupError(f"{address.name}: add a sample of {model.__name__}")
            values[address.view.lookup] = pk or self.samples[model]  # type: ignore[union-attr]
        return address.url(values)

    def get(self, role: str, url: str) -> Any:
        return self._undone(lambda: self.clients[role].get(url))

    def post(self, role: str, url: str, data: Any = None) -> Any:
        return self._undone(lambda: self.clients[role].post(url, data or {}))

    def _undone(self, ask: Any) -> Any:
        """Whatever the request changed is taken back, so that the next one finds the same."""
        with transaction.atomic():
            answer = ask()
            transaction.set_rollback(True)
        return answer


def gather(world: World) -> Everyone:
    contractor = Organisation.objects.create(
        kind=OrganisationKind.CONTRACTOR, name="特定非営利活動法人つながりの輪"
    )
    member = Organisation.objects.create(kind=OrganisationKind.MEMBER, name="県商工会連合会")
    for organisation, role, name in (
        (contractor, Role.RECORDER, "今井 咲"),
        (contractor, Role.RESPONSIBLE, "柳沢 豊"),
        (member, Role.MEMBER, "大谷 実"),
    ):
        world.cast.add(organisation, role, name, f"{role}@body.example", signs_in=False)
    homes = {
        **dict.fromkeys(PREFECTURES_OWN, world.nagano),
        Role.RECORDER: contractor,
        Role.RESPONSIBLE: contractor,
        Role.MEMBER: member,
    }
    actors = {role: world.cast.actor(homes.get(role, world.office), role) for role in Role}
    clients = {role: client_of(actor) for role, actor in actors.items()}
    return Everyone(world, actors, clients)


def with_samples(everyone: Everyone, filing: Filing) -> Everyone:
    """The filing and what hangs on it; what it has not come to yet has an id that never was."""
    drain()
    sealed = filing.versions.order_by("-number").first()
    item = ReviewItem.objects.filter(filing=filing).order_by("number").first()
    paper = Document.objects.filter(case_id=filing.case_id).order_by("created_at").first()
    notice = Notice.objects.filter(organisation=filing.grantee).order_by("arrived_at").first()
    # Not of somebody whose sessions are compared: their own membership stands on their pages.
    approver = everyone.actors[Role.APPROVER]
    membership = Membership.objects.get(user_id=approver.user_id, role=Role.APPROVER)
    absence = Absence.objects.create(
        membership=membership,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        declared_by_id=approver.user_id,
    )
    everyone.samples = {
        **_people(everyone, membership),
        Absence: absence.pk,
        Filing: filing.pk,
        PlanRevision: filing.revision_id,
        Programme: filing.programme_id,
        SealedVersion: _pk(sealed),
        ReviewItem: _pk(item),
        Document: _pk(paper),
        Notice: _pk(notice),
        Membership: membership.pk,
        Route: _route(filing).pk,
        **_desk(everyone, filing),
        **_inquiry(everyone, filing),
        **_demand(everyone, filing),
        PlanUpload: _workbook(everyone, filing).pk,
        **_platform(everyone, filing),
        **_needs(everyone, filing),
        **_contract_samples(everyone, filing),
        **_closing(everyone, filing),
    }
    everyone.values = {
        "uid": uuid4(),
        "paper": uuid4(),
        "key": "vision",
        "token": "a-token-that-never-was",
        "seal": sealed.sha256 if sealed else "0" * 64,
        "transition": "withdraw",
        "form": "csv",
    }
    return everyone


def _people(everyone: Everyone, membership: Membership) -> dict[type[models.Model], Any]:
    """A handover of tomorrow, so that everybody still acts today, and a body to be reopened."""
    colleague = User.objects.create_user("colleague@nagano.example", None, name="同僚")
    handover = Handover.objects.create(
        membership=membership,
        successor=grant_role(
            user=colleague, organisation=membership.organisation, role=membership.role
        ),
        effective_on=timezone.localdate() + timedelta(days=1),
        note="続きをお願いします。",
        declared_by=membership.user,
    )
    reopening = Reopening.objects.create(
        organisation=everyone.world.tottori,
        name="新任",
        email="new@tottori.example",
        reason="公文書で確かめた。",
        proposed_by=membership.user,
    )
    return {Handover: handover.pk, Reopening: reopening.pk}


def _route(filing: Filing) -> Route:
    return Route.objects.create(organisation=filing.grantee, name="交付申請")


def _needs(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """A survey, and the body's answer as it is being written."""
    survey = open_survey(
        actor=everyone.actors[Role.PROGRAMME_MANAGER],
        programme=filing.programme,
        kind="needs",
        round_number=1,
        due_on=timezone.localdate(),
        questions="",
    )
    answer = start_statement(actor=everyone.actors[Role.DRAFTER], survey=survey)
    return {
        Survey: survey.pk,
        Statement: answer.pk,
        Round: filing.programme.rounds.get(number=1).pk,
        **_promise(everyone, filing),
    }


def _promise(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """A table of one body, and the 内示 of one yen that was made from it."""
    reviewer, decider = everyone.actors[Role.REVIEWER], everyone.actors[Role.DECIDER]
    scenario = Scenario.objects.create(
        programme=filing.programme,
        round_number=1,
        number=1,
        rule="by_hand",
        available=1,
        unit=1,
        made_by_id=reviewer.user_id,
        made_by_name=reviewer.name,
    )
    promise = Promise.objects.create(
        programme=filing.programme,
        grantee=filing.grantee,
        round_number=1,
        scenario=scenario,
        amount=1,
        document_number="府孤推第9001号",
        issued_on=timezone.localdate(),
        payload='{"round": "当初", "wish": 1, "over_allotment": "warn"}',
        sha256="0" * 64,
        issued_by_id=decider.user_id,
        issued_by_name=decider.name,
    )
    batch = Batch.objects.create(kind="promise", title="内示", made_by_name=decider.name)
    return {Scenario: scenario.pk, Promise: promise.pk, Batch: batch.pk}


def _desk(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """The inspector's, so that nobody who reviews or decides in the walks is kept from it."""
    inspector = everyone.actors[Role.INSPECTOR].user_id
    conflict = Conflict.objects.create(
        user_id=inspector, grantee=filing.grantee, reason="前の勤め先"
    )
    saved = SavedFilter.objects.create(user_id=inspector, name="残り7日", query="flag=due_soon")
    batch = DeskBatch.objects.create(pk=uuid4(), act="remind", asked_by_id=inspector)
    asked = ProgrammeQuestion.objects.create(
        programme=filing.programme, order=1, text="前年度の実績を踏まえている。", basis="交付要綱"
    )
    return {
        Conflict: conflict.pk,
        SavedFilter: saved.pk,
        DeskBatch: batch.pk,
        ProgrammeQuestion: asked.pk,
    }


def _inquiry(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """To the filing's body alone, not answered yet."""
    reviewer = everyone.actors[Role.REVIEWER]
    inquiry = write_inquiry(
        actor=reviewer,
        title="相談窓口の数",
        text="今年度の窓口の数を教えてください。",
        due_at=timezone.now() + timedelta(days=2),
        grantees=[filing.grantee],
    )
    perform(Inquiry, inquiry.pk, "ask", reviewer)
    return {Inquiry: inquiry.pk, Reply: Reply.objects.get(inquiry=inquiry).pk}


def _demand(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """To the filing's body alone, which asks for more time."""
    demand = write_demand(
        actor=everyone.actors[Role.INSPECTOR],
        programme=filing.programme,
        values={
            "title": "委託費の執行",
            "basis": "both",
            "reason": "執行の状況を確かめるため。",
            "due_on": timezone.localdate() + timedelta(days=14),
        },
        questions=["契約の相手方と金額", "検査の方法"],
        grantees=[filing.grantee],
    )
    day = timezone.localdate()
    number = read_document_number("府孤推第901号").value
    data = {"document_number": number, "decided_on": day, "issued_on": day}
    perform(Demand, demand.pk, "issue", everyone.actors[Role.DECIDER], data=data)
    report = Report.objects.get(demand=demand)
    asked = ask_for_time(
        actor=everyone.actors[Role.DRAFTER],
        report=report,
        wanted_on=day + timedelta(days=21),
        reason="委託先の決算を待つため。",
    )
    return {Demand: demand.pk, Report: report.pk, Extension: asked.pk}


def _workbook(everyone: Everyone, filing: Filing) -> PlanUpload:
    """The plan's tables, sent back as they went out."""
    revision = PlanRevision.objects.with_everything().get(pk=filing.revision_id)
    content = write_workbook(revision, filing.programme.terms(), timezone.localtime())
    return receive_workbook(
        actor=everyone.actors[Role.DRAFTER],
        revision=revision,
        upload=SimpleUploadedFile("計画の表.xlsx", content),
    )


def _platform(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """Shown to nobody else; the body that signs in takes part in none of its meetings yet."""
    platform = Platform.objects.get(owner=filing.grantee)
    meeting = platform.meetings.order_by("number").first()
    member = platform.members.order_by("name").first()
    drafter = everyone.actors[Role.DRAFTER]
    listing, _ = Listing.objects.get_or_create(platform=platform)
    council = Council.objects.create(
        owner=filing.grantee, name="地域協議会", established_on=timezone.localdate()
    )
    proposal = AgendaProposal.objects.create(
        platform=platform, member=member, title="担い手", reason="人が足りない。"
    )
    held = receive_members(
        actor=drafter,
        platform=platform,
        upload=SimpleUploadedFile("名簿.csv", "団体名\n北町自治会\n".encode()),
        side="private",
        joined_on=timezone.localdate(),
    )
    return {
        Platform: platform.pk,
        Meeting: _pk(meeting),
        Member: _pk(member),
        Listing: listing.pk,
        Council: council.pk,
        AgendaProposal: proposal.pk,
        MemberImport: held.pk,
    }


def _contract_samples(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """A contract of the contractor's people under the award, where there is one yet."""
    recorder = everyone.actors[Role.RECORDER]
    contractor = Contractor.objects.create(
        grantee=filing.grantee,
        organisation_id=recorder.organisation_id,
        name=recorder.organisation_name,
        body_type="npo",
    )
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
        )
        return {Contractor: contractor.pk} | {model: uuid4() for model in later}
    contract = _contract(everyone, contractor, award)
    report = PeriodReport.objects.select_related("contract").filter(contract=contract).first()
    assert report is not None
    row = {"title": "冊子", "published_on": report.month, "medium": "印刷"}
    entry = enter_record(actor=recorder, report=report, row=row)
    upload = SimpleUploadedFile("実績.csv", "件名,実施日,媒体\n冊子,2026/4/1,印刷\n".encode())
    batch = receive(actor=recorder, report=report, upload=upload)
    drain()
    return {
        Contractor: contractor.pk,
        Award: award.pk,
        Contract: contract.pk,
        Invoice: _invoice_of(everyone, contract).pk,
        ContractPaper: _pk(contract.papers.first()),
        ReportVersion: uuid4(),
        PeriodReport: report.pk,
        RecordBatch: batch.pk,
        ActivityRecord: entry.pk,
    }


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


def _closing(everyone: Everyone, filing: Filing) -> dict[type[models.Model], Any]:
    """What follows a decision: a payment, the report as it is written, an amount fixed, a refund."""
    award = Award.objects.filter(decision__filing=filing).first()
    if award is None:
        money = (Award, Payment, RefundOrder, Repayment, Settlement, Revocation)
        return {model: uuid4() for model in (*money, PerformanceReport, ReportPart)}
    decider, today = everyone.actors[Role.DECIDER], timezone.localdate()
    recorded = {"recorded_by_id": decider.user_id, "recorded_by_name": decider.name}
    payment = Payment.objects.create(
        award=award, kind="advance", amount=2, paid_on=today, **recorded
    )
    report = start_report(actor=everyone.actors[Role.DRAFTER], award=award)
    act = {"issued_on": today, "sha256": "0" * 64, "payload": '{"receipts": [], "cuts": []}'}
    settlement = Settlement.objects.create(
        award=award,
        filing=report,
        sealed=filing.versions.get(number=1),
        amount=1,
        decided=award.amount,
        recomputed=1,
        received=2,
        document_number="府孤推第9002号",
        decided_on=today,
        decided_by_id=decider.user_id,
        decided_by_name=decider.name,
        **act,
    )
    order = RefundOrder.objects.create(
        award=award,
        ground="overpaid",
        amount=1,
        reason="確定額を超えたため。",
        due_on=today,
        document_number="府孤推第9003号",
        ordered_by_id=decider.user_id,
        ordered_by_name=decider.name,
        **act,
    )
    revocation = Revocation.objects.create(
        award=award,
        ground="changed",
        before=2,
        after=1,
        provision="事情の変更",
        reason="継続する必要がなくなった。",
        document_number="府孤推第9004号",
        decided_on=today,
        decided_by_id=decider.user_id,
        decided_by_name=decider.name,
        **act,
    )
    repayment = Repayment.objects.create(order=order, amount=1, paid_on=today, **recorded)
    return {
        Award: award.pk,
        Payment: payment.pk,
        RefundOrder: order.pk,
        Repayment: repayment.pk,
        PerformanceReport: report.pk,
        ReportPart: ReportPart.objects.get(report_id=report.pk, key="platform").pk,
        Settlement: settlement.pk,
        Revocation: revocation.pk,
    }


def _pk(row: models.Model | None) -> UUID:
    return row.pk if row is not None else uuid4()
