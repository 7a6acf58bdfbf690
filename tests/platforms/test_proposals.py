"""参画団体: it reads and proposes; the prefecture takes it into a meeting, or says why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from platforms.models import AgendaProposal, Meeting, Member, Platform
from portal.access.api import OrganisationKind, Role
from portal.accounts.api import Invitation, Organisation
from portal.notifications.api import Notice
from portal.outbox.api import drain
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
KEY = "11111111-2222-4333-8444-555555555555"
TYPED = {"title": "家族が休める場所", "reason": "支える家族が孤立している。", "request_key": KEY}


@pytest.fixture
def member(world: World, platform: Platform) -> Client:
    body = Organisation.objects.create(kind=OrganisationKind.MEMBER, name="つながりの輪")
    platform.members.filter(name__contains="つながり").update(organisation=body)
    return client_of(world.cast.add(body, Role.MEMBER, "輪 守", "m@wa.example"))


@pytest.fixture
def proposal(member: Client, platform: Platform) -> AgendaProposal:
    url = reverse("platforms:propose", args=[platform.pk])
    for _ in range(2):
        assert member.post(url, TYPED).status_code == 302
    return AgendaProposal.objects.get()


def coming(platform: Platform) -> Meeting:
    return Meeting.objects.create(
        platform=platform,
        number=9,
        held_on=timezone.localdate() + timedelta(days=7),
        chair_side="public",
    )


def act(client: Client, proposal: AgendaProposal, name: str, **data: Any) -> Any:
    return client.post(proposal.transition_url(name), data)


def test_taken_it_stands_on_the_agenda_under_its_bodys_name(
    drafter: Client, member: Client, platform: Platform, proposal: AgendaProposal
) -> None:
    assert "家族が休める場所" in drafter.get("/").content.decode()
    assert act(drafter, proposal, "take").status_code in (409, 422)
    meeting = coming(platform)
    assert act(drafter, proposal, "take", meeting=str(meeting.pk)).status_code == 302
    item = meeting.agenda_items.get()
    assert (item.title, item.proposer_side) == ("家族が休める場所", "private")
    assert item.proposed_by == "特定非営利活動法人つながりの輪"
    drain()
    assert Notice.objects.get(title="提案が議題に採用されました")
    page = member.get(proposal.get_absolute_url()).content.decode()
    assert "第9回会議" in page
    assert act(member, proposal, "withdraw").status_code == 409


def test_declined_it_says_why(drafter: Client, member: Client, proposal: AgendaProposal) -> None:
    assert act(drafter, proposal, "decline", reason="次年度に検討するため。").status_code == 302
    assert "次年度に検討するため。" in member.get(proposal.get_absolute_url()).content.decode()


def test_a_meeting_of_another_platform_cannot_be_chosen(
    world: World, drafter: Client, platform: Platform, proposal: AgendaProposal
) -> None:
    coming(platform)
    theirs = coming(Platform.objects.create(owner=world.gifu, name="岐阜", form="new"))
    assert act(drafter, proposal, "take", meeting=str(theirs.pk)).status_code == 422
    assert not theirs.agenda_items.exists()


def test_who_sees_and_who_acts(
    world: World, platform: Platform, member: Client, proposal: AgendaProposal
) -> None:
    """Near misses: another body of the same platform, the neighbour, readers."""
    other = Organisation.objects.create(kind=OrganisationKind.MEMBER, name="若者みらい")
    platform.members.filter(name__contains="若者").update(organisation=other)
    beside = client_of(world.cast.add(other, Role.MEMBER, "若 者", "w@mirai.example"))
    assert beside.get(platform.get_absolute_url()).status_code == 200
    assert beside.get(proposal.get_absolute_url()).status_code == 404
    assert act(beside, proposal, "withdraw").status_code == 404
    assert "家族が休める" not in (
        beside.get(reverse("platforms:proposals", args=[platform.pk])).content.decode()
    )
    neighbour = client_of(world.actor(Role.DRAFTER, world.gifu))
    assert neighbour.get(proposal.get_absolute_url()).status_code == 404
    for role in (Role.APPROVER, Role.REVIEWER):
        reader = client_of(world.actor(role))
        assert reader.get(proposal.get_absolute_url()).status_code == 200
        assert act(reader, proposal, "decline", reason="読むだけの人です。").status_code == 403
        url = reverse("platforms:propose", args=[platform.pk])
        assert reader.post(url, TYPED).status_code == 403
    assert act(member, proposal, "decline", reason="自分では見送れない。").status_code == 403
    assert act(member, proposal, "withdraw").status_code == 302


def test_a_name_in_a_proposal_is_asked_about(member: Client, platform: Platform) -> None:
    url = reverse("platforms:propose", args=[platform.pk])
    answer = member.post(url, {**TYPED, "reason": "山田さんの家のこと"})
    assert answer.status_code == 422
    assert not AgendaProposal.objects.exists()


def test_the_manager_opens_the_door_to_one_platform_only(world: World, platform: Platform) -> None:
    """A number alone lets nobody in where another prefecture has opened a door."""
    known = Organisation.objects.create(
        kind=OrganisationKind.MEMBER, name="県市長会", corporate_number="5100001000001"
    )
    member: Member = platform.members.get(name="県市長会")
    member.corporate_number = "5100001000001"
    member.save()
    url = reverse("platforms:member_account", args=[member.pk])
    typed = {"name": "市長 会", "email": "m@mayors.example"}
    assert client_of(world.actor(Role.DRAFTER)).post(url, typed).status_code == 403
    manager = client_of(world.actor(Role.PREFECTURE_ADMIN))
    assert manager.post(url, typed).status_code == 302
    member.refresh_from_db()
    assert member.organisation is not None
    assert member.organisation != known
    assert Invitation.objects.get().role == Role.MEMBER
    drain()
    assert [message.to for message in mail.outbox] == [["m@mayors.example"]]
    neighbour = client_of(world.actor(Role.PREFECTURE_ADMIN, world.gifu))
    assert neighbour.post(url, typed).status_code == 404
