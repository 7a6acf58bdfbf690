"""Registering: once for two clicks, never over another's work, never under a plan's feet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from platforms.models import Meeting, Member, Platform
from platforms.services import (
    AgendaFacts,
    MeetingFacts,
    MemberFacts,
    PlatformFacts,
    add_member,
    change_meeting,
    change_platform,
    end_member,
    next_number,
    register_meeting,
    register_platform,
)
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.problems import Refused, Stale
from tests.world import World

pytestmark = pytest.mark.django_db

PLATFORM = PlatformFacts("県民会議", "new", "", date(2025, 6, 1), None, "地域福祉課")
MEMBER = MemberFacts("県医師会", "", "private", "医療", ["older"], date(2025, 6, 1))
MEETING = MeetingFacts(3, date(2025, 7, 1), 10, 20, "private", "")
ITEM = AgendaFacts(None, "居場所の担い手", "県医師会", "private", "")


def test_two_clicks_make_one_platform(world: World) -> None:
    key, actor = uuid4(), world.actor(Role.DRAFTER)
    made = [
        register_platform(actor=actor, owner=world.nagano, facts=PLATFORM, request_key=key)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Platform.objects.count() == 1
    events = Event.objects.filter(verb="platforms.register")
    assert [(event.label, event.case_id) for event in events] == [
        ("プラットフォームを登録する", None)
    ]


def test_a_key_of_another_body_makes_a_platform_of_its_own(world: World) -> None:
    key = uuid4()
    mine, theirs = (
        register_platform(
            actor=world.actor(Role.DRAFTER, body), owner=body, facts=PLATFORM, request_key=key
        )
        for body in (world.nagano, world.gifu)
    )
    assert mine != theirs
    assert theirs.owner == world.gifu


def test_two_clicks_make_one_member_and_one_meeting(world: World, platform: Platform) -> None:
    key, actor = uuid4(), world.actor(Role.DRAFTER)
    for _ in range(2):
        add_member(actor=actor, platform=platform, facts=MEMBER, request_key=key)
        register_meeting(
            actor=actor, platform=platform, facts=MEETING, agenda=[ITEM], request_key=key
        )
    assert platform.members.filter(name="県医師会").count() == 1
    assert platform.meetings.filter(number=3).count() == 1


@pytest.mark.parametrize("form", ["extended", "subcommittee"], ids="4(1)③-{}".format)
def test_the_database_wants_the_body_that_is_used(world: World, form: str) -> None:
    facts = replace(PLATFORM, form=form)
    with pytest.raises(IntegrityError, match="platform_names_existing_body"):
        register_platform(actor=world.actor(Role.DRAFTER), owner=world.nagano, facts=facts)


def test_the_second_of_two_writers_overwrites_nothing(world: World, platform: Platform) -> None:
    actor = world.actor(Role.DRAFTER)
    first, second = replace(PLATFORM, name="一人目"), replace(PLATFORM, name="二人目")
    change_platform(actor=actor, platform=platform, facts=first, seen_version=0)
    with pytest.raises(Stale):
        change_platform(actor=actor, platform=platform, facts=second, seen_version=0)
    platform.refresh_from_db()
    assert platform.name == "一人目"


def test_a_change_says_what_changed(world: World, platform: Platform) -> None:
    facts = replace(PLATFORM, name=platform.name, established_on=platform.established_on)
    change_platform(actor=world.actor(Role.DRAFTER), platform=platform, facts=facts, seen_version=0)
    event = Event.objects.get(verb="platforms.change")
    assert event.data["said"] == {
        "設置の形": "既存の会議体への機能の追加 → 新設",
        "使う会議体": "地域共生社会推進会議 → なし",
    }


def test_the_number_of_a_meeting_is_used_once(world: World, platform: Platform) -> None:
    assert next_number(platform) == 3
    taken = replace(MEETING, number=2)
    with pytest.raises(Refused, match="第2回会議は登録済みです"):
        register_meeting(
            actor=world.actor(Role.DRAFTER), platform=platform, facts=taken, agenda=[ITEM]
        )


def facts_of(meeting: Meeting) -> list[AgendaFacts]:
    return [
        AgendaFacts(i.pk, i.title, i.proposed_by, i.proposer_side, i.agreement)
        for i in meeting.agenda_items.order_by("order")
    ]


def test_items_keep_their_identity_when_they_change_places(world: World, meeting: Meeting) -> None:
    before = facts_of(meeting)
    assert [item.title for item in before] == ["相談のつなぎ先", "担い手の育成"]
    change_meeting(
        actor=world.actor(Role.DRAFTER),
        meeting=meeting,
        facts=replace(MEETING, number=2),
        agenda=[before[1], ITEM, before[0]],
        seen_version=0,
    )
    after = facts_of(meeting)
    assert [item.title for item in after] == ["担い手の育成", "居場所の担い手", "相談のつなぎ先"]
    assert (after[0].uid, after[2].uid) == (before[1].uid, before[0].uid)


def test_an_item_on_which_a_plan_is_grounded_stays(world: World) -> None:
    """要領3(2), 4(2): what a plan cites cannot be taken from under it."""
    filing = world.draft()
    cited = filing.plan_revision.activities.exclude(discussions=None).first().discussions.first()
    rest = [facts for facts in facts_of(cited.meeting) if facts.uid != cited.pk] or [ITEM]
    with pytest.raises(Refused, match="計画で使っています"):
        change_meeting(
            actor=world.actor(Role.DRAFTER),
            meeting=cited.meeting,
            facts=replace(MEETING, number=cited.meeting.number),
            agenda=rest,
            seen_version=0,
        )
    assert cited.meeting.agenda_items.filter(pk=cited.pk).exists()


def test_a_member_that_leaves_stays_in_the_history(world: World, platform: Platform) -> None:
    member: Member = platform.members.get(name="県市長会")
    actor = world.actor(Role.DRAFTER)
    with pytest.raises(Refused, match="参画日以後"):
        end_member(
            actor=actor,
            member=member,
            left_on=member.joined_on - timedelta(days=1),
            seen_version=0,
        )
    end_member(actor=actor, member=member, left_on=member.joined_on, seen_version=0)
    member.refresh_from_db()
    assert member.left_on == member.joined_on
    figures = Platform.objects.with_figures(member.joined_on + timedelta(days=1)).get()
    assert (figures.public_members, figures.private_members) == (1, 5)
    assert figures.meeting_count == 2
