"""A request on its route: turns, 合議, 代決, four eyes, what changed since one looked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants.approvals.api import Route, SeatKind, endorse, keep_route, standing_of
from grants.filings.api import Filing
from grants.plans.api import PlanRevision
from grants.programmes.api import open_programme
from portal.access.api import Role
from portal.accounts.api import Absence, Membership
from portal.audit.api import Event
from portal.core.actor import Actor
from portal.core.problems import Refused, Stale
from portal.notifications.api import Notice
from portal.outbox.api import drain
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def outsider(world: World) -> Actor:
    """A 決裁者 of 長野県 who is on no route."""
    return world.actor(Role.APPROVER, world.nagano)


@pytest.fixture
def approvers(world: World, outsider: Actor) -> list[Actor]:
    """課長, 財政, 部長: three 決裁者 of 長野県 beside the one who is there."""
    return [
        world.cast.add(world.nagano, Role.APPROVER, name, f"{login}@nagano.example", signs_in=False)
        for name, login in (("課長 一", "first"), ("財政 二", "second"), ("部長 三", "third"))
    ]


def membership(actor: Actor) -> Membership:
    return Membership.objects.get(user_id=actor.user_id, role=actor.role)


@pytest.fixture
def route(world: World, approvers: list[Actor]) -> Route:
    first, second, third = map(membership, approvers)
    return keep_route(
        actor=world.actor(Role.PREFECTURE_ADMIN),
        name="交付申請",
        seats=[(SeatKind.APPROVE, first), (SeatKind.CONCUR, second), (SeatKind.APPROVE, third)],
    )


@pytest.fixture
def requested(world: World, route: Route) -> Filing:
    filing = world.draft()
    drafter = world.actor(Role.DRAFTER, world.nagano)
    return world.act(filing, "request_approval", drafter, note="", route=route).subject


def say_yes(filing: Filing, actor: Actor) -> None:
    endorse(actor=actor, filing=filing, comment="", seen_version=None)


def file(world: World, filing: Filing, actor: Actor) -> Filing:
    return world.act(filing, "submit", actor).subject


def test_it_goes_round_and_the_last_one_files(
    world: World, requested: Filing, approvers: list[Actor]
) -> None:
    first, second, third = approvers
    with pytest.raises(Refused, match="課長 一さんの順番"):
        file(world, requested, third)
    say_yes(requested, first)
    with pytest.raises(Refused, match="財政 二さんの順番"):
        file(world, requested, third)
    say_yes(requested, second)
    filed = file(world, requested, third)
    assert filed.state == "submitted"
    standing = standing_of(filed)
    assert standing is not None
    assert [stop.endorsement.user_name for stop in standing.stops] == [
        "課長 一",
        "財政 二",
        "部長 三",
    ]
    told = Event.objects.filter(verb="approvals.endorse", subject_id=str(filed.pk))
    assert [event.label for event in told.order_by("seq")] == ["承認する", "合議する"]


def test_somebody_outside_the_route_neither_approves_nor_hands_back(
    world: World, requested: Filing, outsider: Actor
) -> None:
    with pytest.raises(Refused, match="順番です"):
        say_yes(requested, outsider)
    with pytest.raises(Refused, match="経路に入っていません"):
        world.act(requested, "hand_back", outsider, reason="直してください。")


def test_anybody_on_the_route_hands_back_and_the_next_request_starts_anew(
    world: World, requested: Filing, route: Route, approvers: list[Actor]
) -> None:
    say_yes(requested, approvers[0])
    world.act(requested, "hand_back", approvers[1], reason="積算を直してください。")
    drafter = world.actor(Role.DRAFTER, world.nagano)
    again = world.act(requested, "request_approval", drafter, note="", route=route).subject
    standing = standing_of(again)
    assert standing is not None
    assert not any(place.is_done for place in standing.places)
    with pytest.raises(Refused, match="課長 一さんの順番"):
        say_yes(again, approvers[1])


def away(world: World, who: Actor, deputy: Actor) -> None:
    today = timezone.localdate()
    Absence.objects.create(
        membership=membership(who),
        starts_on=today,
        ends_on=today,
        deputy=membership(deputy),
        declared_by_id=who.user_id,
    )


def test_a_deputy_approves_in_the_place_of_one_who_is_away_and_it_is_said(
    world: World, requested: Filing, approvers: list[Actor], outsider: Actor
) -> None:
    first, second, third = approvers
    deputy = outsider
    away(world, first, deputy)
    say_yes(requested, deputy)
    event = Event.objects.get(verb="approvals.endorse")
    assert event.data["said"]["代決"] == "課長 一さんの代わり"
    say_yes(requested, second)
    away(world, third, deputy)
    with pytest.raises(Refused, match="2つの順番"):
        file(world, requested, deputy)
    assert file(world, requested, third).state == "submitted"


def test_a_deputy_of_yesterday_does_not(
    world: World, requested: Filing, approvers: list[Actor], outsider: Actor
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    deputy = outsider
    away(world, approvers[0], deputy)
    Absence.objects.update(starts_on=yesterday, ends_on=yesterday)
    with pytest.raises(Refused, match="順番です"):
        say_yes(requested, deputy)


def test_whoever_wrote_the_plan_cannot_be_on_the_route(world: World, route: Route) -> None:
    """Said when it is asked for, not at the end of the way."""
    filing = world.draft()
    seat = route.seats.get(order=2)
    filing.plan_revision.editors.create(user=seat.membership.user)
    drafter = world.actor(Role.DRAFTER, world.nagano)
    with pytest.raises(Refused, match="財政 二さんは、この版を入力した"):
        world.act(filing, "request_approval", drafter, note="", route=route)


def test_a_person_whose_role_ended_stops_the_request_before_it_sets_out(
    world: World, route: Route
) -> None:
    filing = world.draft()
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(pk=route.seats.get(order=3).membership_id).update(
        starts_on=yesterday, ends_on=yesterday
    )
    drafter = world.actor(Role.DRAFTER, world.nagano)
    with pytest.raises(Refused, match="部長 三さんの役割は終わっています"):
        world.act(filing, "request_approval", drafter, note="", route=route)


def test_what_changed_after_the_request_is_not_approved(
    world: World, requested: Filing, approvers: list[Actor]
) -> None:
    PlanRevision.objects.filter(pk=requested.revision_id).update(vision="すり替えた姿")
    with pytest.raises(Refused, match="内容が変わっています"):
        say_yes(requested, approvers[0])


def test_an_approval_of_an_older_row_is_stale(requested: Filing, approvers: list[Actor]) -> None:
    with pytest.raises(Stale):
        endorse(
            actor=approvers[0],
            filing=requested,
            comment="",
            seen_version=requested.version - 1,
        )


def test_the_page_shows_what_changed_since_this_approver_looked(
    world: World, requested: Filing, route: Route, approvers: list[Actor]
) -> None:
    client = client_of(approvers[0])
    url = reverse("approvals:approve", args=[requested.pk])
    assert "前に見た内容" not in client.get(url).content.decode()
    world.act(requested, "hand_back", approvers[0], reason="姿を直してください。")
    PlanRevision.objects.filter(pk=requested.revision_id).update(vision="書き直した目指す姿")
    drafter = world.actor(Role.DRAFTER, world.nagano)
    world.act(requested, "request_approval", drafter, note="", route=route)
    for _ in range(2):
        page = client.get(url).content.decode()
        assert "変わった所 1か所" in page, "reading again keeps the comparison"
        assert "書き直した目指す姿" in page
        assert "前に見た内容" in page
    other = client_of(approvers[1]).get(url).content.decode()
    assert "前に見た内容" not in other, "who looks for the first time compares with nothing"


def test_only_whose_turn_it_is_are_told(requested: Filing, approvers: list[Actor]) -> None:
    first, second, _ = approvers
    drain()
    title = "決裁の依頼があります"
    assert Notice.objects.for_user(first).filter(title__contains=title).exists()
    assert not Notice.objects.for_user(second).filter(title__contains=title).exists()
    say_yes(requested, first)
    drain()
    assert Notice.objects.for_user(second).filter(title__contains="順番が来ました").exists()
    assert not Notice.objects.for_user(first).filter(title__contains="順番が来ました").exists()


def test_pages_by_post(world: World, requested: Filing, approvers: list[Actor]) -> None:
    first, second, third = map(client_of, approvers)
    url = reverse("approvals:approve", args=[requested.pk])
    assert "課長 一" in first.get(reverse("approvals:list")).content.decode()
    answer = first.post(url, {"comment": "適当。", "form_version": requested.version})
    assert answer.status_code == 302
    again = first.post(url, {"comment": "", "form_version": requested.version})
    assert again.status_code == 409, "a second click finds the next one's turn"
    assert "適当。" in second.get(url).content.decode()
    assert second.post(url, {"comment": "", "form_version": requested.version}).status_code == 302
    assert third.get(url).url == requested.transition_url("submit")
    assert third.post(requested.transition_url("submit")).status_code == 302


@pytest.mark.parametrize("who", ["reviewer", "other", "contractor"])
def test_how_an_office_decides_is_its_own_affair(
    world: World, requested: Filing, route: Route, who: str
) -> None:
    strangers = {
        "reviewer": world.actor(Role.REVIEWER),
        "other": world.actor(Role.PREFECTURE_ADMIN, world.tottori),
        "contractor": world.cast.add(
            world.gifu, Role.PREFECTURE_ADMIN, "浅野 徹", "x@gifu.example", signs_in=False
        ),
    }
    client = client_of(strangers[who])
    expected = {403, 404}
    assert client.get(reverse("approvals:edit_route", args=[route.pk])).status_code in expected
    assert client.get(reverse("approvals:approve", args=[requested.pk])).status_code in expected
    assert not Route.objects.for_user(strangers[who]).exists()


def test_the_list_asks_as_much_for_eight_requests_as_for_three(
    world: World, route: Route, approvers: list[Actor]
) -> None:
    client = client_of(approvers[0])
    client.get(reverse("approvals:list"))
    counts = []
    for codes in (("02", "03", "04"), ("05", "06", "07", "08", "09")):
        for code in codes:
            filing = world.filing("awaiting_approval", world.bodies[code])
            year = open_programme(
                actor=world.actor(Role.PROGRAMME_MANAGER), fiscal_year=2010 + int(code)
            )
            Filing.objects.filter(pk=filing.pk).update(grantee=world.nagano, programme=year)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("approvals:list")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
