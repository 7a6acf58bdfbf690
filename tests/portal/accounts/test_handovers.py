"""The April handover: from 発令日 on the successor acts, the predecessor reads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.approvals.api import SeatKind, endorse, keep_route
from portal.access.api import Role
from portal.accounts.api import (
    Handover,
    Invitation,
    Membership,
    actor_for,
    confirm_reopening,
    hand_over,
    open_work,
    propose_reopening,
)
from portal.audit.api import Event
from portal.core.actor import Actor
from portal.core.problems import Denied, Refused
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def membership(actor: Actor) -> Membership:
    return Membership.objects.select_related("user", "organisation").get(
        user_id=actor.user_id, role=actor.role
    )


@pytest.fixture
def old(world: World) -> Actor:
    return world.actor(Role.DRAFTER)


@pytest.fixture
def new(world: World, old: Actor) -> Actor:
    return world.cast.add(
        world.nagano, Role.DRAFTER, "新任 花", "new@nagano.example", signs_in=False
    )


def given(old: Actor, new: Actor, days: int = 0) -> Handover:
    return hand_over(
        actor=old,
        membership=membership(old),
        successor=membership(new),
        effective_on=TODAY() + timedelta(days=days),
        note="⑨の積算を続けてください。",
    )


def test_from_the_day_on_the_predecessor_reads_and_the_successor_goes_on(
    world: World, old: Actor, new: Actor
) -> None:
    filing = world.draft()
    given(old, new)
    before, after = client_of(old), client_of(new)
    section = reverse("plans:section", args=[filing.revision_id, "vision"])
    assert before.get(f"/applications/{filing.pk}/").status_code == 200
    assert before.get(filing.get_absolute_url()).status_code == 200
    assert before.get(section).status_code == 403, "a page for changing"
    assert before.post(section, {"section_version": "1", "vision": "x"}).status_code == 403
    assert before.post(filing.transition_url("request_approval"), {"note": ""}).status_code == 403
    assert after.get(section).status_code == 200
    assert "⑨の積算を続けてください" in after.get("/").content.decode()
    assert "閲覧だけができます" in before.get("/").content.decode()


def test_perform_itself_refuses_a_predecessor(world: World, old: Actor, new: Actor) -> None:
    """Not only the pages: whatever calls the verb."""
    filing = world.draft()
    given(old, new)
    with pytest.raises(Denied, match="閲覧だけ"):
        world.act(filing, "request_approval", actor_for(membership(old)), note="")


def test_until_the_day_the_predecessor_acts(world: World, old: Actor, new: Actor) -> None:
    filing = world.draft()
    given(old, new, days=1)
    assert world.act(filing, "request_approval", actor_for(membership(old)), note="")


@pytest.mark.parametrize("fault", ["role", "office", "self", "twice", "reads_only"])
def test_what_stands_against_a_handover(world: World, old: Actor, new: Actor, fault: str) -> None:
    successors = {
        "role": world.actor(Role.APPROVER),
        "office": world.actor(Role.DRAFTER, world.tottori),
        "self": old,
    }
    if fault == "twice":
        given(old, new)
    if fault == "reads_only":
        Membership.objects.filter(pk=membership(new).pk).update(reads_only_from=TODAY())
    with pytest.raises(Refused):
        given(old, successors.get(fault, new))


def test_another_persons_role_is_handed_over_by_the_manager_alone(
    world: World, old: Actor, new: Actor
) -> None:
    values = {
        "membership": membership(old),
        "successor": membership(new),
        "effective_on": TODAY(),
        "note": "異動のため。",
    }
    with pytest.raises(Denied):
        hand_over(actor=new, **values)
    with pytest.raises(Denied):
        hand_over(actor=world.actor(Role.PREFECTURE_ADMIN, world.tottori), **values)
    assert hand_over(actor=world.actor(Role.PREFECTURE_ADMIN), **values)
    assert Event.objects.filter(verb="accounts.handover.declare").count() == 1


def test_the_successor_takes_the_turn_in_a_request_that_is_on_its_way(world: World) -> None:
    leaving = world.actor(Role.APPROVER, world.nagano)
    coming = world.cast.add(
        world.nagano, Role.APPROVER, "後任 長", "next@nagano.example", signs_in=False
    )
    last = world.cast.add(
        world.nagano, Role.APPROVER, "部長 三", "third@nagano.example", signs_in=False
    )
    route = keep_route(
        actor=world.actor(Role.PREFECTURE_ADMIN),
        name="交付申請",
        seats=[(SeatKind.APPROVE, membership(leaving)), (SeatKind.APPROVE, membership(last))],
    )
    drafter = world.actor(Role.DRAFTER)
    filing = world.act(world.draft(), "request_approval", drafter, note="", route=route).subject
    assert [work.what for work in open_work(membership(leaving))] == [f"{filing}の決裁"]
    with pytest.raises(Refused):
        endorse(actor=coming, filing=filing, comment="", seen_version=None)
    given(leaving, coming)
    made = endorse(actor=coming, filing=filing, comment="", seen_version=None)
    assert made.stood_in_for == leaving.name


def test_what_a_writer_has_in_hand_is_listed(world: World, old: Actor) -> None:
    filing = world.draft()
    assert [work.url for work in open_work(membership(old))] == [filing.get_absolute_url()]
    assert open_work(membership(world.actor(Role.DRAFTER, world.tottori))) == []


def test_pages(world: World, old: Actor, new: Actor) -> None:
    client = client_of(old)
    assert "引継ぎはまだありません" in client.get(reverse("accounts:handovers")).content.decode()
    url = reverse("accounts:hand_over")
    wrong = client.post(url, {"membership": str(membership(old).pk)})
    assert wrong.status_code == 422
    assert "後任の人を選んでください" in wrong.content.decode()
    values = {
        "membership": str(membership(old).pk),
        "successor": str(membership(new).pk),
        "effective_on": "令和8年12月1日",
        "note": "続きを頼みます。",
    }
    assert client.post(url, values).status_code == 302
    page = client.get(reverse("accounts:handovers")).content.decode()
    assert "新任 花" in page
    assert "続きを頼みます。" in page
    made = Handover.objects.get()
    stranger = client_of(world.actor(Role.PREFECTURE_ADMIN, world.tottori))
    cancel = reverse("accounts:cancel_handover", args=[made.pk])
    assert stranger.post(cancel).status_code == 404
    assert client.post(cancel).status_code == 403, "only the manager takes it back"
    admin = client_of(world.actor(Role.PREFECTURE_ADMIN))
    assert admin.post(cancel).status_code == 302
    assert membership(old).reads_only_from is None


class TestReopening:
    def lose_the_manager(self, world: World) -> None:
        yesterday = TODAY() - timedelta(days=1)
        Membership.objects.filter(organisation=world.tottori, role=Role.PREFECTURE_ADMIN).update(
            starts_on=yesterday, ends_on=yesterday
        )

    def proposal(self, world: World) -> dict[str, object]:
        return {
            "organisation": world.tottori,
            "name": "新任 管理",
            "email": "admin2@tottori.example",
            "reason": "鳥取県の公文書（福第12号）で確かめた。",
        }

    def test_two_people_give_a_body_its_manager_back(self, world: World) -> None:
        self.lose_the_manager(world)
        first = world.actor(Role.SYSTEM_ADMIN)
        reopening = propose_reopening(actor=first, **self.proposal(world))
        with pytest.raises(Refused, match="別の人"):
            confirm_reopening(actor=first, reopening=reopening)
        assert not Invitation.objects.exists()
        confirm_reopening(actor=world.actor(Role.PROGRAMME_MANAGER), reopening=reopening)
        assert Invitation.objects.get().role == Role.PREFECTURE_ADMIN
        with pytest.raises(Refused, match="すでに"):
            confirm_reopening(actor=world.actor(Role.PROGRAMME_MANAGER), reopening=reopening)

    def test_a_body_that_has_one_is_not_reopened(self, world: World) -> None:
        with pytest.raises(Refused, match="県管理者がいます"):
            propose_reopening(actor=world.actor(Role.SYSTEM_ADMIN), **self.proposal(world))

    def test_a_manager_who_handed_over_does_not_count(self, world: World) -> None:
        Membership.objects.filter(organisation=world.tottori, role=Role.PREFECTURE_ADMIN).update(
            reads_only_from=TODAY()
        )
        assert propose_reopening(actor=world.actor(Role.SYSTEM_ADMIN), **self.proposal(world))

    def test_pages(self, world: World) -> None:
        self.lose_the_manager(world)
        system = client_of(world.actor(Role.SYSTEM_ADMIN))
        manager = client_of(world.actor(Role.PROGRAMME_MANAGER))
        page = system.get(reverse("accounts:reopenings")).content.decode()
        assert "鳥取県" in page
        values = {**self.proposal(world), "organisation": str(world.tottori.pk)}
        assert system.post(reverse("accounts:propose_reopening"), values).status_code == 302
        listed = manager.get(reverse("accounts:reopenings")).content.decode()
        assert "新任 管理" in listed
        pk = listed.split("/people/reopenings/")[-1].split("/")[0]
        confirm = reverse("accounts:confirm_reopening", args=[pk])
        assert system.post(confirm).status_code == 403
        assert manager.post(confirm).status_code == 302
        reviewer = client_of(world.actor(Role.REVIEWER))
        assert reviewer.get(reverse("accounts:reopenings")).status_code == 403
