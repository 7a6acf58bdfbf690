"""Registering platforms, who takes part, and what was talked about; each act with its Event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import models, transaction
from django.db.models import F, Max

from portal.accounts.api import Organisation
from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale

from .citations import cited
from .models import AgendaItem, Meeting, Member, Platform

PLATFORM_ARTICLE = "要領3(1)"
DISCUSSION_ARTICLE = "要領4(2)"
# Past every number that a meeting's agenda can reach, so that no two rows meet while they move.
_ASIDE = 10_000

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class PlatformFacts:
    """`existing_body` is named unless `form` is 新設 (要領4(1)③)."""

    name: str
    form: str
    existing_body: str
    established_on: date | None
    planned_on: date | None
    secretariat: str


@dataclass(frozen=True, slots=True)
class MemberFacts:
    name: str
    corporate_number: str
    side: str
    field: str
    life_stages: Sequence[str]
    joined_on: date


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """Attendance in persons."""

    number: int
    held_on: date
    attendance_public: int
    attendance_private: int
    chair_side: str
    note: str


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """`uid` is that of a stored item, or of none when it is new."""

    uid: UUID | None
    title: str
    proposed_by: str
    proposer_side: str
    agreement: str


def register_platform(
    *, actor: Actor, owner: Organisation, facts: PlatformFacts, request_key: UUID | None = None
) -> Platform:
    """A second click with the same key finds what the first has made.

    Raises IntegrityError for a form other than 新設 without the body it uses.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=owner.pk)
        return _create(
            Platform(owner=owner, **asdict(facts)),
            request_key,
            owner,
            actor=actor,
            verb="platforms.register",
            label="プラットフォームを登録する",
            said={"名称": facts.name},
        )


def change_platform(
    *, actor: Actor, platform: Platform, facts: PlatformFacts, seen_version: int
) -> Platform:
    """Raises Stale when someone else saved after `seen_version`."""
    with transaction.atomic():
        locked = _lock(platform, seen_version)
        said = _assign(locked, asdict(facts))
        record(
            actor,
            "platforms.change",
            "プラットフォームの登録を変える",
            locked,
            article=PLATFORM_ARTICLE,
            data={"said": said},
        )
    return locked


def add_member(
    *, actor: Actor, platform: Platform, facts: MemberFacts, request_key: UUID | None = None
) -> Member:
    with transaction.atomic():
        Platform.objects.select_for_update().get(pk=platform.pk)
        return _create(
            Member(platform=platform, **asdict(facts)),
            request_key,
            platform,
            actor=actor,
            verb="platforms.member.add",
            label="参画団体を加える",
            said={"プラットフォーム": platform.name, "参画日": facts.joined_on.isoformat()},
        )


def change_member(*, actor: Actor, member: Member, facts: MemberFacts, seen_version: int) -> Member:
    """Raises Stale when someone else saved after `seen_version`."""
    with transaction.atomic():
        locked = _lock(member, seen_version)
        said = _assign(locked, asdict(facts))
        record(
            actor,
            "platforms.member.change",
            "参画団体の登録を変える",
            locked,
            article=PLATFORM_ARTICLE,
            data={"said": said},
        )
    return locked


def end_member(*, actor: Actor, member: Member, left_on: date, seen_version: int) -> Member:
    """The body stays in the history. Raises Stale, and Refused for a day before it joined."""
    with transaction.atomic():
        locked = _lock(member, seen_version)
        if left_on < locked.joined_on:
            raise Refused(["退会日は、参画日以後の日付にしてください。"])
        said = _assign(locked, {"left_on": left_on})
        record(
            actor,
            "platforms.member.end",
            "参画を終える",
            locked,
            article=PLATFORM_ARTICLE,
            data={"said": said},
        )
    return locked


def next_number(platform: Platform) -> int:
    last: int | None = platform.meetings.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def register_meeting(
    *,
    actor: Actor,
    platform: Platform,
    facts: MeetingFacts,
    agenda: Sequence[AgendaFacts],
    request_key: UUID | None = None,
) -> Meeting:
    """Raises Refused for a number that another meeting has."""
    with transaction.atomic():
        Platform.objects.select_for_update().get(pk=platform.pk)
        meeting = Meeting(platform=platform, **asdict(facts))
        known = _made_before(meeting, request_key, platform)
        if known is not None:
            return known
        _demand_free_number(platform, facts.number)
        meeting.save(force_insert=True)
        _store_agenda(meeting, agenda)
        record(
            actor,
            "platforms.meeting.register",
            "会議を登録する",
            meeting,
            article=DISCUSSION_ARTICLE,
            data={"said": _meeting_said(platform, facts, agenda)},
            request_key=request_key,
        )
    return meeting


def change_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    facts: MeetingFacts,
    agenda: Sequence[AgendaFacts],
    seen_version: int,
) -> Meeting:
    """Raises Stale, and Refused for a taken number or for deleting an item that a plan cites."""
    with transaction.atomic():
        Platform.objects.select_for_update().get(pk=meeting.platform_id)
        locked = _lock(meeting, seen_version)
        if facts.number != locked.number:
            _demand_free_number(locked.platform, facts.number)
        _assign(locked, asdict(facts))
        _store_agenda(locked, agenda)
        record(
            actor,
            "platforms.meeting.change",
            "会議の登録を変える",
            locked,
            article=DISCUSSION_ARTICLE,
            data={"said": _meeting_said(locked.platform, facts, agenda)},
        )
    return locked


def _create(
    row: Row,
    request_key: UUID | None,
    within: models.Model,
    *,
    actor: Actor,
    verb: str,
    label: str,
    said: dict[str, str],
) -> Row:
    known = _made_before(row, request_key, within)
    if known is not None:
        return known
    row.save(force_insert=True)
    record(
        actor,
        verb,
        label,
        row,
        article=PLATFORM_ARTICLE,
        data={"said": said},
        request_key=request_key,
    )
    return row


def _made_before(row: Row, request_key: UUID | None, within: models.Model) -> Row | None:
    """What the first of two clicks made. The key alone is the sender's word, so it is mixed with
    the row above, which is locked: it can neither hit another's row nor be used twice at once."""
    if request_key is None:
        return None
    row.pk = uuid5(within.pk, str(request_key))
    return type(row)._default_manager.filter(pk=row.pk).first()  # type: ignore[return-value]


def _lock(row: Row, seen_version: int) -> Row:
    locked: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if locked.version != seen_version:
        raise Stale(seen_version, locked.version)
    return locked  # type: ignore[no-any-return]


def _assign(row: Any, values: dict[str, Any]) -> dict[str, str]:
    """Stores the values with the next version; returns what changed, for the Event."""
    changed = {}
    for name, value in values.items():
        if getattr(row, name) != value:
            label = str(row._meta.get_field(name).verbose_name)
            setattr(row, name, value)
            shown = getattr(row, f"get_{name}_display", lambda value=value: value)()
            changed[label] = "なし" if shown in ("", None, []) else str(shown)
    row.version += 1
    row.save()
    return changed


def _demand_free_number(platform: Platform, number: int) -> None:
    if platform.meetings.filter(number=number).exists():
        raise Refused(
            [f"第{number}回会議は登録済みです。回を直すか、登録済みの会議を開いて直してください。"]
        )


def _store_agenda(meeting: Meeting, agenda: Sequence[AgendaFacts]) -> None:
    """Makes the stored items equal to those given, in their order."""
    kept = {item.pk: item for item in meeting.agenda_items.select_for_update()}
    wanted = {facts.uid for facts in agenda}
    _delete(meeting, [item for pk, item in kept.items() if pk not in wanted])
    meeting.agenda_items.update(order=F("order") + _ASIDE)
    for order, facts in enumerate(agenda, start=1):
        item = kept.get(facts.uid) if facts.uid else None  # type: ignore[call-overload]
        item = item or AgendaItem(meeting=meeting)
        item.order, item.title, item.agreement = order, facts.title, facts.agreement
        item.proposed_by, item.proposer_side = facts.proposed_by, facts.proposer_side
        item.save()


def _delete(meeting: Meeting, items: list[AgendaItem]) -> None:
    used = cited([item.pk for item in items])
    if used:
        titles = "".join(f"「{item.title}」" for item in items if item.pk in used)
        raise Refused(
            [f"議題{titles}は、計画で使っています。計画で選択を外してから、削除してください。"]
        )
    meeting.agenda_items.filter(pk__in=[item.pk for item in items]).delete()


def _meeting_said(
    platform: Platform, facts: MeetingFacts, agenda: Sequence[AgendaFacts]
) -> dict[str, str]:
    return {
        "プラットフォーム": platform.name,
        "開催日": facts.held_on.isoformat(),
        "議題": "、".join(item.title for item in agenda),
    }
