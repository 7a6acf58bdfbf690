"""Writing a plan and leading it to a state, as the people of the demo would."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants.filings.api import Filing, Verdict, latest_version, mark, raise_item
from grants.kinds.api import checklist, start_application
from grants.plans.api import (
    BudgetLine,
    Income,
    PlannedIndicator,
    PlanRevision,
    add_activity,
    save_section,
)
from grants.programmes.api import Programme
from platforms.api import AgendaItem, Listing, Meeting, Member, Platform
from portal.access.api import Role
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.identifiers import read_document_number
from portal.documents.api import Limits, attach
from portal.workflow.api import perform

from .people import Cast
from .stories import ActivityStory, LineStory, PlanStory

_MEMBERS = (
    ("県社会福祉協議会", "private", "地域福祉", ["all"]),
    ("県民生委員児童委員協議会", "private", "地域福祉", ["older"]),
    ("特定非営利活動法人つながりの輪", "private", "居場所", ["all"]),
    ("一般社団法人若者みらい", "private", "若者支援", ["youth"]),
    ("県商工会連合会", "private", "産業", ["working"]),
    ("県教育委員会", "public", "教育", ["children"]),
    ("県市長会", "public", "行政", ["all"]),
)


def make_platform(organisation: Organisation) -> list[AgendaItem]:
    """A platform with members, two meetings and three agenda items; returns the items."""
    today = timezone.localdate()
    platform = Platform.objects.create(
        owner=organisation,
        name=f"{organisation.name}孤独・孤立対策官民連携プラットフォーム",
        form="extended",
        existing_body="地域共生社会推進会議",
        established_on=today - timedelta(days=500),
        secretariat="地域福祉課",
    )
    Listing.objects.create(platform=platform)
    Member.objects.bulk_create(
        Member(
            platform=platform,
            name=name,
            side=side,
            field=field,
            life_stages=stages,
            joined_on=today - timedelta(days=480),
        )
        for name, side, field, stages in _MEMBERS
    )
    items = []
    for number, (days, titles) in enumerate(
        ((200, ("居場所の空白地域",)), (110, ("相談のつなぎ先", "担い手の育成"))), start=1
    ):
        meeting = Meeting.objects.create(
            platform=platform,
            number=number,
            held_on=today - timedelta(days=days),
            attendance_public=12,
            attendance_private=29 - number,
            chair_side="private",
        )
        items += [
            AgendaItem.objects.create(
                meeting=meeting,
                order=order,
                title=title,
                proposed_by="特定非営利活動法人つながりの輪",
                proposer_side="private",
                agreement="来年度の取組で優先することに合意した。",
            )
            for order, title in enumerate(titles, start=1)
        ]
    return items


def write_plan(
    actor: Actor, programme: Programme, story: PlanStory, agenda: list[AgendaItem]
) -> Filing:
    """Starts the year's application and fills every section through the same service as the page."""
    filing = start_application(actor=actor, programme=programme)
    revision: PlanRevision = filing.revision  # type: ignore[assignment]  # it was just written
    _section(actor, revision, "basics", lambda r: _basics(r, actor))
    _section(actor, revision, "vision", lambda r: _vision(r, story))
    _section(actor, revision, "platform", lambda r: _platform(r, story, agenda))
    for one in story.activities:
        activity = add_activity(actor=actor, revision=revision, type_code=one.type_code)
        key = f"activity:{activity.uid}"
        _section(actor, revision, key, _activity_writer(activity, one, agenda))
    _section(actor, revision, "incomes", lambda r: _incomes(r, story))
    return filing


def _section(
    actor: Actor, revision: PlanRevision, key: str, store: Callable[[PlanRevision], None]
) -> None:
    save_section(
        actor=actor,
        revision=revision,
        key=key,
        seen_version=0,
        store=store,
        raw={},
        problems={},
        is_checked=True,
    )


def _basics(revision: PlanRevision, actor: Actor) -> None:
    revision.applicant_title = f"{actor.organisation_name}知事"
    revision.applicant_name = "見本 太郎"
    revision.contact_department = "地域福祉課"
    revision.contact_name = actor.name
    revision.contact_phone = "000-000-0000"


def _vision(revision: PlanRevision, story: PlanStory) -> None:
    revision.issues, revision.vision = story.issues, story.vision
    revision.vision_measure = story.measure


def _platform(revision: PlanRevision, story: PlanStory, agenda: list[AgendaItem]) -> None:
    platform = Platform.objects.filter(owner=revision.plan.grantee).first()
    assert platform is not None  # made before the plan
    revision.platform = platform
    revision.platform_name = platform.name
    revision.platform_form = platform.form
    revision.platform_existing_body = platform.existing_body
    revision.platform_members, revision.platform_private_members = 58, 41
    revision.platform_content = (
        "年4回の会議を開き、参画する団体から課題を出し合い、ともに取り組む事業を決める。"
        "分科会を2つ置き、居場所と若者の支援を検討する。"
    )
    revision.platform_discussions.set(agenda[:1])
    _lines(revision, None, story.platform_lines)


def _activity_writer(
    activity: Any, story: ActivityStory, agenda: list[AgendaItem]
) -> Callable[[PlanRevision], None]:
    def write(revision: PlanRevision) -> None:
        activity.name, activity.content = story.name, story.content
        activity.vision_link, activity.contract_reason = story.vision_link, story.contract_reason
        activity.save()
        activity.discussions.set([agenda[n] for n in story.agenda])
        activity.indicators.all().delete()
        PlannedIndicator.objects.bulk_create(
            PlannedIndicator(
                activity=activity, order=n, label=label, target=Decimal(target), unit=unit
            )
            for n, (label, target, unit) in enumerate(story.targets)
        )
        _lines(revision, activity.uid, story.lines)

    return write


def _lines(revision: PlanRevision, uid: uuid.UUID | None, lines: tuple[LineStory, ...]) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(
            revision=revision,
            activity_uid=uid,
            order=n,
            category_code=line.category,
            item=line.item,
            basis=line.basis,
            delivery=line.delivery,
            quantity=Decimal(line.quantity),
            unit=line.unit,
            unit_price=line.price,
            amount=int(Decimal(line.quantity) * line.price),
            is_eligible=line.eligible,
            other_funding=line.other,
        )
        for n, line in enumerate(lines)
    )


def _incomes(revision: PlanRevision, story: PlanStory) -> None:
    revision.budget_measure = "initial"
    Income.objects.bulk_create(
        Income(revision=revision, order=n, label=label, amount=amount)
        for n, (label, amount) in enumerate(story.incomes)
    )


def add_attachments(actor: Actor, filing: Filing) -> None:
    """The two required papers, as small files that say what they are."""
    for key, name in (("budget", "歳入歳出予算書抄本.csv"), ("rules", "規約と名簿.csv")):
        text = f"{filing.grantee.name},{name}\n見本,0\n"
        attach(
            actor=actor,
            upload=SimpleUploadedFile(name, text.encode()),
            kind=f"attachment:{key}",
            subject=filing,
            limits=Limits(),
            case_id=filing.case_id,
        )


def step(filing: Filing, name: str, actor: Actor, **data: Any) -> Filing:
    return perform(Filing, filing.pk, name, actor, data=data).subject


# Where the register of an office that decides on paper begins for each 様式; 1000 for an application.
_OWN_NUMBERS = {
    "needs": 2000,
    "consultation": 3000,
    "performance": 4000,
    "change": 5000,
    "progress": 6000,
    "incident": 7000,
    "input_tax": 8000,
    "income": 8500,
    "disposal": 9000,
    "discontinuance": 7500,
    "claim": 9250,
    "carryover": 9500,
}


def submit(cast: Cast, filing: Filing) -> Filing:
    """Through approval in the portal, or as decided by the office itself."""
    organisation = filing.grantee
    drafter = cast.actor(organisation, Role.DRAFTER)
    if organisation.approval_route == "own":
        serial = filing.programme.fiscal_year % 100 * 10 + filing.number
        first = _OWN_NUMBERS.get(filing.kind, 1000)
        number = read_document_number(f"8地福第{first + serial}号").value
        today = timezone.localdate()
        paper = SimpleUploadedFile("決裁文書.csv", "決裁,済\n".encode())
        return step(
            filing,
            "submit_decided",
            drafter,
            document_number=number,
            decided_on=today,
            issued_on=today,
            paper=paper,
        )
    filing = step(filing, "request_approval", drafter, note="")
    return step(filing, "submit", cast.actor(organisation, Role.APPROVER))


def begin_review(cast: Cast, office: Organisation, filing: Filing) -> Filing:
    return step(filing, "begin_review", cast.actor(office, Role.REVIEWER), no_conflict=True)


def see_everything(cast: Cast, office: Organisation, filing: Filing) -> None:
    sealed = latest_version(filing)
    assert sealed is not None  # it was submitted
    work = checklist(filing, sealed)
    marks = {f"section:{s.key}": Verdict.YES for s in work.sections}
    marks |= {row.key: Verdict.YES for row in work.rows}
    mark(
        actor=cast.actor(office, Role.REVIEWER),
        filing=filing,
        sealed=sealed,
        marks={key: value.value for key, value in marks.items()},
    )


def return_with_points(cast: Cast, office: Organisation, filing: Filing) -> Filing:
    reviewer = cast.actor(office, Role.REVIEWER)
    see_everything(cast, office, filing)
    sealed = latest_version(filing)
    assert sealed is not None  # it was submitted
    section = next(s for s in sealed.content["sections"] if s["mark"] == "⑦")
    row = next(t for t in section["tables"] if t["key"] == "lines")["rows"][2]
    for address, clause, text in (
        (
            f"{section['key']}/{row['uid']}/unit_price",
            "交付要綱（対象経費）",
            "会場使用料の単価の根拠を示してください。",
        ),
        (
            f"{section['key']}//contract_reason",
            "要領2(2)",
            "県が直接行う場合との比較を、もう少し詳しく書いてください。",
        ),
    ):
        raise_item(
            actor=reviewer,
            filing=filing,
            sealed=sealed,
            address=address,
            clause=clause,
            text=text,
        )
    due = timezone.localdate() + timedelta(days=14)
    return step(filing, "return", reviewer, answer_due=due)


def finish_review(cast: Cast, office: Organisation, filing: Filing) -> Filing:
    see_everything(cast, office, filing)
    opinion = "交付が適当。契約した後に、委託先の除外要件の確認の記録を見る。"
    return step(filing, "finish_review", cast.actor(office, Role.REVIEWER), opinion=opinion)


def decide(
    cast: Cast, office: Organisation, filing: Filing, number: int, day: date | None = None
) -> Filing:
    sealed = latest_version(filing)
    assert sealed is not None  # it was reviewed
    on = day or timezone.localdate()
    chosen = filing.programme.conditions.filter(is_default=True)
    conditions = [{"text": c.text, "basis": c.basis} for c in chosen]
    return step(
        filing,
        "decide",
        cast.actor(office, Role.DECIDER),
        amount=int(sealed.content["amounts"]["i"]),
        modification_reason="",
        document_number=read_document_number(f"府孤推第{number}号").value,
        decided_on=on,
        issued_on=on,
        conditions=conditions,
    )
