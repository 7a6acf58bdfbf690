"""One person in each of the thirteen roles, signed in, and one sample of every kind of object."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

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
from grants.desk.models import Batch as DeskBatch
from grants.desk.models import Conflict, ProgrammeQuestion, SavedFilter
from grants.filings.api import Filing, ReviewItem, SealedVersion
from grants.inquiries.api import Inquiry, Reply, write_inquiry
from grants.plans.api import PlanRevision, PlanUpload
from grants.plans.uploads import receive_workbook
from grants.plans.workbook import write_workbook
from grants.programmes.api import Programme, Round
from grants.readings.api import Reading, audit_office_of
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
from portal.documents.api import Document, Limits
from portal.notifications.api import Notice
from portal.outbox.api import drain
from portal.scans.api import Scan, receive_scan
from portal.workflow.api import perform
from tests.access.inspected import inspection_samples
from tests.access.money import closing_samples, contract_samples, pk_of
from tests.access.objecting import objection_samples
from tests.access.urls import Address
from tests.world import World, client_of

PREFECTURES_OWN = frozenset({Role.DRAFTER, Role.APPROVER, Role.PREFECTURE_ADMIN})


@dataclass
class Everyone:
    """People of 内閣府, of 長野県 and its 監査委員, of a contractor and of a platform's member."""

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
            values[address.view.lookup] = pk or self.samples[model]
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
    audit = audit_office_of(world.nagano)
    for organisation, role, name in (
        (contractor, Role.RECORDER, "今井 咲"),
        (contractor, Role.RESPONSIBLE, "柳沢 豊"),
        (member, Role.MEMBER, "大谷 実"),
        (audit, Role.READER, "赤羽 修"),
    ):
        world.cast.add(organisation, role, name, f"{role}@body.example", signs_in=False)
    homes = {
        **dict.fromkeys(PREFECTURES_OWN, world.nagano),
        Role.RECORDER: contractor,
        Role.RESPONSIBLE: contractor,
        Role.MEMBER: member,
        Role.READER: audit,
    }
    actors = {role: world.cast.actor(homes.get(role, world.office), role) for role in Role}
    clients = {role: client_of(actor) for role, actor in actors.items()}
    return Everyone(world, actors, clients)


def _scan_of(everyone: Everyone) -> Scan:
    picture = BytesIO()
    Image.new("L", (60, 80), 255).save(picture, "PNG")
    upload = SimpleUploadedFile("押印済み.png", picture.getvalue())
    actor = everyone.actors[Role.DRAFTER]
    return receive_scan(actor=actor, upload=upload, limits=Limits())


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
        SealedVersion: pk_of(sealed),
        ReviewItem: pk_of(item),
        Document: pk_of(paper),
        Scan: _scan_of(everyone).pk,
        Notice: pk_of(notice),
        Membership: membership.pk,
        Route: _route(filing).pk,
        # Before the inspector declares a conflict with this body.
        **inspection_samples(everyone, filing),
        **_desk(everyone, filing),
        **_inquiry(everyone, filing),
        **_demand(everyone, filing),
        PlanUpload: _workbook(everyone, filing).pk,
        **_platform(everyone, filing),
        **_needs(everyone, filing),
        **contract_samples(everyone, filing),
        **closing_samples(everyone, filing),
        **objection_samples(everyone, filing),
        Reading: _reading(everyone, filing).pk,
    }
    everyone.values = {
        "uid": uuid4(),
        "paper": uuid4(),
        "issued": uuid4(),
        "document": uuid4(),
        "key": "vision",
        "token": "a-token-that-never-was",
        "seal": sealed.sha256 if sealed else "0" * 64,
        "transition": "withdraw",
        "form": "csv",
        "month": uuid4(),
        "fiscal_year": filing.programme.fiscal_year,
        "laid_out": "invoice",
        "sending": uuid4(),
        "act_kind": "decision",
        "pk": _act(filing),
    }
    return everyone


def _act(filing: Filing) -> Any:
    """What can be objected to, by its row: the decision, where there is one."""
    decision = getattr(filing, "decision", None)
    return decision.pk if decision is not None else uuid4()


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


def _reading(everyone: Everyone, filing: Filing) -> Reading:
    """Of another person, so that the reader who signs in is a stranger to every case."""
    admin = everyone.actors[Role.PREFECTURE_ADMIN]
    now = timezone.now()
    return Reading.objects.create(
        grantee=filing.grantee,
        organisation=audit_office_of(filing.grantee),
        name="監査委員",
        email="commissioner@nagano.example",
        purpose="定期監査",
        starts_at=now,
        ends_at=now + timedelta(days=1),
        most_days=90,
        opened_by_id=admin.user_id,
        opened_by_name=admin.name,
    )


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
        Meeting: pk_of(meeting),
        Member: pk_of(member),
        Listing: listing.pk,
        Council: council.pk,
        AgendaProposal: proposal.pk,
        MemberImport: held.pk,
    }
