"""Meetings with their agenda and what came of it: saved together, never under a plan's feet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from portal.audit.api import record
from portal.core.actor import Actor
from portal.core.problems import Refused

from ..citations import cited
from ..matching import name_key
from ..models import AgendaItem, JointAction, Meeting, Member, Platform
from ..states import MeetingKind
from .saving import DISCUSSION_ARTICLE, assign, lock, made_before

# Past every number that a meeting's agenda can reach, so that no two rows meet while they move.
_ASIDE = 10_000


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """Attendance in persons. `working_group_id` is one of the platform's own."""

    number: int
    held_on: date
    attendance_public: int
    attendance_private: int
    chair_side: str
    note: str
    kind: str = MeetingKind.GENERAL
    working_group_id: UUID | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    problems: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """`uid` is that of a stored item, or of none when it is new."""

    uid: UUID | None
    title: str
    proposed_by: str
    proposer_side: str
    agreement: str
    problem: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class ActionFacts:
    uid: UUID | None
    title: str
    owner_name: str
    due_on: date | None
    done_on: date | None


def next_number(platform: Platform) -> int:
    last: int | None = platform.meetings.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def register_meeting(
    *,
    actor: Actor,
    platform: Platform,
    facts: MeetingFacts,
    agenda: Sequence[AgendaFacts],
    actions: Sequence[ActionFacts] = (),
    request_key: UUID | None = None,
) -> Meeting:
    """Raises Refused for a number that another meeting has."""
    with transaction.atomic():
        Platform.objects.select_for_update().get(pk=platform.pk)
        meeting = Meeting(platform=platform, **asdict(facts))
        known = made_before(meeting, request_key, platform)
        if known is not None:
            return known
        _demand_free_number(platform, facts.number)
        meeting.save(force_insert=True)
        _store_agenda(meeting, agenda)
        _store_actions(meeting, actions)
        record(
            actor,
            "platforms.meeting.register",
            "会議を登録する",
            meeting,
            article=DISCUSSION_ARTICLE,
            data={"said": _said(platform, facts, agenda, actions)},
            request_key=request_key,
        )
    return meeting


def change_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    facts: MeetingFacts,
    agenda: Sequence[AgendaFacts],
    actions: Sequence[ActionFacts] = (),
    seen_version: int,
) -> Meeting:
    """Raises Stale, and Refused for a taken number or for deleting an item that a plan cites."""
    with transaction.atomic():
        Platform.objects.select_for_update().get(pk=meeting.platform_id)
        locked = lock(meeting, seen_version)
        if facts.number != locked.number:
            _demand_free_number(locked.platform, facts.number)
        _assign(locked, facts)
        _store_agenda(locked, agenda)
        _store_actions(locked, actions)
        record(
            actor,
            "platforms.meeting.change",
            "会議の登録を変える",
            locked,
            article=DISCUSSION_ARTICLE,
            data={"said": _said(locked.platform, facts, agenda, actions)},
        )
    return locked


def _assign(meeting: Meeting, facts: MeetingFacts) -> None:
    values = asdict(facts)
    group = values.pop("working_group_id")
    meeting.working_group_id = group
    assign(meeting, values)


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
    members = _members_called(meeting.platform, [facts.proposed_by for facts in agenda])
    for order, facts in enumerate(agenda, start=1):
        item = kept.get(facts.uid) if facts.uid else None
        item = item or AgendaItem(meeting=meeting)
        _put(item, facts, order)
        item.member = members.get(name_key(facts.proposed_by))
        if item.member is not None and not item.proposer_side:
            item.proposer_side = item.member.side
        item.save()


def _members_called(platform: Platform, names: Sequence[str]) -> dict[str, Member]:
    """Members by any writing of these names; one query."""
    keys = {name_key(name) for name in names if name}
    found = platform.members.filter(name_key__in=keys).order_by("-joined_on") if keys else ()
    return {member.name_key: member for member in found}


def _delete(meeting: Meeting, items: list[AgendaItem]) -> None:
    used = cited([item.pk for item in items])
    if used:
        titles = "".join(f"「{item.title}」" for item in items if item.pk in used)
        raise Refused(
            [f"議題{titles}は、計画で使っています。計画で選択を外してから、削除してください。"]
        )
    meeting.agenda_items.filter(pk__in=[item.pk for item in items]).delete()


def _store_actions(meeting: Meeting, actions: Sequence[ActionFacts]) -> None:
    kept = {action.pk: action for action in meeting.joint_actions.all()}
    wanted = {facts.uid for facts in actions}
    meeting.joint_actions.filter(pk__in=[pk for pk in kept if pk not in wanted]).delete()
    for order, facts in enumerate(actions, start=1):
        action = kept.get(facts.uid) if facts.uid else None
        action = action or JointAction(meeting=meeting)
        _put(action, facts, order)
        action.save()


def _put(row: Any, facts: AgendaFacts | ActionFacts, order: int) -> None:
    row.order = order
    for name, value in asdict(facts).items():
        if name != "uid":
            setattr(row, name, value)


def _said(
    platform: Platform,
    facts: MeetingFacts,
    agenda: Sequence[AgendaFacts],
    actions: Sequence[ActionFacts],
) -> dict[str, str]:
    said = {
        "プラットフォーム": platform.name,
        "開催日": facts.held_on.isoformat(),
        "議題": "、".join(item.title for item in agenda),
    }
    if actions:
        said["ともに取り組むこと"] = "、".join(one.title for one in actions)
    return said
