"""Keeping routes: by the 県管理者, with every reason against one, never two at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from grants.approvals.api import Route, SeatKind, keep_route
from portal.access.api import Role
from portal.accounts.api import Membership
from portal.core.problems import Refused
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


def approver(world: World) -> Membership:
    actor = world.actor(Role.APPROVER, world.nagano)
    return Membership.objects.get(user_id=actor.user_id, role=Role.APPROVER)


def post(rows: list[tuple[str, str]], **more: str) -> dict[str, str]:
    data = {"seats-TOTAL_FORMS": str(len(rows)), "seats-INITIAL_FORMS": "0", "form_version": "0"}
    for n, (kind, member) in enumerate(rows):
        data |= {f"seats-{n}-kind": kind, f"seats-{n}-membership": member}
    return data | more


def test_a_route_is_made_changed_and_retired_on_its_pages(world: World) -> None:
    admin = client_of(world.actor(Role.PREFECTURE_ADMIN))
    member = approver(world)
    second = world.cast.add(
        world.nagano, Role.APPROVER, "財政 二", "second@nagano.example", signs_in=False
    )
    other = Membership.objects.get(user_id=second.user_id)
    assert "決裁経路はまだありません" in admin.get(reverse("approvals:routes")).content.decode()
    made = admin.post(
        reverse("approvals:new_route"), post([("approve", str(member.pk))], name="交付申請")
    )
    assert made.status_code == 302, made.content.decode()
    route = Route.objects.get()
    changed = post(
        [("concur", str(other.pk)), ("approve", str(member.pk))],
        name="交付申請",
        form_version=str(route.version),
    )
    assert admin.post(reverse("approvals:edit_route", args=[route.pk]), changed).status_code == 302
    assert [seat.membership_id for seat in route.seats.all()] == [other.pk, member.pk]
    stale = admin.post(reverse("approvals:edit_route", args=[route.pk]), changed)
    assert stale.status_code == 409, "somebody changed it meanwhile"
    assert admin.post(reverse("approvals:retire_route", args=[route.pk])).status_code == 302
    assert not Route.objects.in_use().exists()


def test_reasons_are_said_and_what_was_typed_stays(world: World) -> None:
    admin = client_of(world.actor(Role.PREFECTURE_ADMIN))
    answer = admin.post(
        reverse("approvals:new_route"), post([("concur", str(approver(world).pk))], name="軽易")
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "最後の順番は、承認にしてください" in page
    assert "軽易" in page


def test_another_offices_person_is_no_choice(world: World) -> None:
    stranger = Membership.objects.get(organisation=world.tottori, role=Role.APPROVER)
    admin = world.actor(Role.PREFECTURE_ADMIN)
    answer = client_of(admin).post(
        reverse("approvals:new_route"), post([("approve", str(stranger.pk))], name="越境")
    )
    assert answer.status_code == 422
    with pytest.raises(Refused, match="ほかの組織"):
        keep_route(actor=admin, name="越境", seats=[(SeatKind.APPROVE, stranger)])


def test_two_routes_of_one_name_are_refused(world: World) -> None:
    admin = world.actor(Role.PREFECTURE_ADMIN)
    seats = [(SeatKind.APPROVE, approver(world))]
    keep_route(actor=admin, name="交付申請", seats=seats)
    with pytest.raises(Refused, match="すでにあります"):
        keep_route(actor=admin, name="交付申請", seats=seats)


def test_a_drafter_reads_routes_and_does_not_change_them(world: World) -> None:
    drafter = client_of(world.actor(Role.DRAFTER))
    assert drafter.get(reverse("approvals:routes")).status_code == 200
    assert drafter.get(reverse("approvals:new_route")).status_code == 403


def test_the_request_page_offers_the_routes(world: World) -> None:
    keep_route(
        actor=world.actor(Role.PREFECTURE_ADMIN),
        name="交付申請",
        seats=[(SeatKind.APPROVE, approver(world))],
    )
    filing = world.draft()
    drafter = client_of(world.actor(Role.DRAFTER))
    url = filing.transition_url("request_approval")
    assert "交付申請" in drafter.get(url).content.decode()
    without = drafter.post(url, {"note": ""})
    assert without.status_code == 422
    assert "決裁経路を選んでください" in without.content.decode()
    route = Route.objects.get()
    assert drafter.post(url, {"note": "", "route": str(route.pk)}).status_code == 302
