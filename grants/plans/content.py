"""A revision as plain values: what rules judge, what is added up, what is sealed.

`read_content` asks a fixed number of queries; everything after it is pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from django.db.models import prefetch_related_objects

from grants.activities.api import PLATFORM, ActivityType, get_activity_type
from platforms.api import AgendaItem
from portal.accounts.api import Organisation

from .models import PlannedActivity, PlanRevision
from .states import Delivery, OtherFunding


@dataclass(frozen=True, slots=True)
class Discussion:
    label: str
    held_on: date


@dataclass(frozen=True, slots=True)
class Indicator:
    uid: UUID
    label: str
    unit: str
    target: Decimal | None
    basis: str


@dataclass(frozen=True, slots=True)
class Line:
    """`amount` in yen, or None while quantity or price is missing or unreadable."""

    uid: UUID
    activity_uid: UUID | None
    number: int
    category_code: str
    item: str
    basis: str
    delivery: str
    quantity: Decimal | None
    unit: str
    unit_price: int | None
    amount: int | None
    tax: str
    is_eligible: bool
    other_funding: str
    other_funding_name: str

    @property
    def section(self) -> str:
        """Of the plan, in which it stands."""
        return f"activity:{self.activity_uid}" if self.activity_uid else "platform"

    @property
    def is_funded_twice(self) -> bool:
        return self.other_funding == OtherFunding.EXISTS and self.is_eligible


@dataclass(frozen=True, slots=True)
class Activity:
    uid: UUID
    type: ActivityType
    name: str
    content: str
    vision_link: str
    contract_reason: str
    coming_meeting_on: date | None
    discussions: tuple[Discussion, ...]
    indicators: tuple[Indicator, ...]
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        return f"{self.type.mark} {self.type.short_name}"

    @property
    def section(self) -> str:
        return f"activity:{self.uid}"

    @property
    def deliveries(self) -> frozenset[str]:
        """What its lines make it (要領2(2), 2(4))."""
        return frozenset(line.delivery for line in self.lines if line.delivery)

    @property
    def amount(self) -> int:
        return sum(line.amount or 0 for line in self.lines)


@dataclass(frozen=True, slots=True)
class PlatformPart:
    """Work like an activity's, but one a plan and not of the menu: no reason for contracting it out
    is asked, and it has no indicators."""

    uid: UUID
    name: str
    form: str
    existing_body: str
    members: int | None
    private_members: int | None
    content: str
    discussions: tuple[Discussion, ...]
    lines: tuple[Line, ...]

    @property
    def type(self) -> ActivityType:
        return PLATFORM

    @property
    def title(self) -> str:
        return self.type.title

    @property
    def is_filled(self) -> bool:
        return bool(self.name and self.content)


@dataclass(frozen=True, slots=True)
class Revenue:
    uid: UUID
    label: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class PlanContent:
    """`unreadable` lists (section, problem) of values that were typed but not read, `unlooked` the
    sections that hold values of another year which nobody has looked at since.
    """

    fiscal_year: int
    grantee_name: str
    grantee_kind: str
    grantee_code: str
    applicant_title: str
    applicant_name: str
    starts_on: date | None
    completes_on: date | None
    contact_department: str
    contact_name: str
    contact_phone: str
    issues: str
    vision: str
    vision_measure: str
    budget_measure: str
    budget_vote_on: date | None
    platform: PlatformPart
    activities: tuple[Activity, ...]
    incomes: tuple[Revenue, ...]
    unreadable: tuple[tuple[str, str], ...]
    unlooked: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[PlatformPart | Activity, ...]:
        """All that is worked on and paid for, in the order of the guideline (実施要領3)."""
        return (self.platform, *self.activities)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for part in self.parts for line in part.lines)


def read_content(revision: PlanRevision) -> PlanContent:
    """`revision` must come from `with_everything()`, or each part costs its own query."""
    plan = revision.plan
    lines = _lines(revision)
    # In one order always: the same content must give the same seal.
    sections = sorted(revision.sections.all(), key=lambda section: section.key)
    own = {
        name: getattr(revision, name)
        for name in (
            "applicant_title applicant_name starts_on completes_on contact_department contact_name"
            " contact_phone issues vision vision_measure budget_measure budget_vote_on"
        ).split()
    }
    return PlanContent(
        fiscal_year=plan.programme.fiscal_year,
        grantee_name=plan.grantee.name,
        grantee_kind=plan.grantee.kind,
        grantee_code=_code(plan.grantee),
        platform=_platform(revision, lines.get(None, ())),
        activities=tuple(
            _activity(activity, lines.get(activity.uid, ()), revision.agenda)
            for activity in revision.activities.all()
        ),
        incomes=tuple(Revenue(i.uid, i.label, i.amount) for i in revision.incomes.all()),
        unreadable=tuple(
            (section.key, problem)
            for section in sections
            for _, problem in sorted(section.problems.items())
        ),
        unlooked=tuple(section.key for section in sections if section.is_copied),
        **own,
    )


def platform_uid(plan_id: UUID) -> UUID:
    """By which contracts and records name the platform of a plan: the same in all its revisions.

    It has no row of its own as an activity has, so that its uid is made of the plan's.
    """
    return uuid5(plan_id, "platform")


def gather(revision: PlanRevision) -> None:
    """Rows of a revision and of the one it was copied from, in as many queries as of one alone."""
    both = [revision] if revision.based_on is None else [revision, revision.based_on]
    prefetch_related_objects(both, *PlanRevision.objects.all().parts())
    for other in both[1:]:
        other.agenda = revision.agenda


def source_label(revision: PlanRevision) -> str:
    """«令和7年度の交付決定（最終変更）の値»: where the values of a copied revision come from."""
    filing = getattr(revision, "filing", None)
    decided = filing is not None and filing.state == "decided"
    act = "交付決定（最終変更）" if decided else "申請"
    return f"{revision.plan.programme.year_label}の{act}の値"


def _code(grantee: Organisation) -> str:
    return grantee.prefecture.local_government_code if grantee.prefecture else ""


def _lines(revision: PlanRevision) -> dict[UUID | None, tuple[Line, ...]]:
    grouped: dict[UUID | None, list[Line]] = {}
    for row in revision.lines.all():
        group = grouped.setdefault(row.activity_uid, [])
        group.append(
            Line(
                uid=row.uid,
                activity_uid=row.activity_uid,
                number=len(group) + 1,
                category_code=row.category_code,
                item=row.item,
                basis=row.basis,
                delivery=row.delivery,
                quantity=row.quantity,
                unit=row.unit,
                unit_price=row.unit_price,
                amount=row.amount,
                tax=row.tax,
                is_eligible=row.is_eligible,
                other_funding=row.other_funding,
                other_funding_name=row.other_funding_name,
            )
        )
    return {key: tuple(group) for key, group in grouped.items()}


def _activity(row: PlannedActivity, lines: tuple[Line, ...], agenda: list[AgendaItem]) -> Activity:
    return Activity(
        uid=row.uid,
        type=get_activity_type(row.type_code),
        name=row.name,
        content=row.content,
        vision_link=row.vision_link,
        contract_reason=row.contract_reason,
        coming_meeting_on=row.coming_meeting_on,
        discussions=_discussions(i for i in agenda if row.pk in i.activity_ids),
        indicators=tuple(
            Indicator(i.uid, i.label, i.unit, i.target, i.basis) for i in row.indicators.all()
        ),
        lines=lines,
    )


def _platform(revision: PlanRevision, lines: tuple[Line, ...]) -> PlatformPart:
    return PlatformPart(
        uid=platform_uid(revision.plan_id),
        name=revision.platform_name,
        form=revision.platform_form,
        existing_body=revision.platform_existing_body,
        members=revision.platform_members,
        private_members=revision.platform_private_members,
        content=revision.platform_content,
        discussions=_discussions(i for i in revision.agenda if revision.pk in i.revision_ids),
        lines=lines,
    )


def _discussions(items: Iterable[AgendaItem]) -> tuple[Discussion, ...]:
    found = [
        Discussion(f"{_meeting(item)} 議題{item.order}「{item.title}」", item.meeting.held_on)
        for item in items
    ]
    return tuple(sorted(found, key=lambda discussion: (discussion.held_on, discussion.label)))


def _meeting(item: AgendaItem) -> str:
    day = item.meeting.held_on
    return f"第{item.meeting.number}回会議（{day.year}年{day.month}月{day.day}日）"


def delivery_label(deliveries: frozenset[str]) -> str:
    """«直営・委託», in the order of the guideline; «未定» when no line says it."""
    return "・".join(d.label for d in Delivery if d.value in deliveries) or "未定"
