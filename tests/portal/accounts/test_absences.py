"""Who is away, who acts in their place, and who may say so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.access.api import Role
from portal.accounts.api import Absence, Membership, cancel_absence, declare_absence
from portal.audit.api import Event
from portal.core.actor import Actor
from portal.core.problems import Denied, Refused
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
LIST = "/people/absences/"
DECLARE = "/people/absences/declare/"


def membership(actor: Actor) -> Membership:
    found = Membership.objects.select_related("user").get(
        user_id=actor.user_id, organisation_id=actor.organisation_id, role=actor.role
    )
    assert isinstance(found, Membership)
    return found


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def reviewer(world: World) -> Actor:
    return world.actor(Role.REVIEWER)


@pytest.fixture
def second(world: World) -> Actor:
    return world.cast.add(world.office, Role.REVIEWER, "三浦 楓", "second@cao.example")


def declare(actor: Actor, of: Actor | None = None, **changed: Any) -> Absence:
    values: dict[str, Any] = {"starts_on": day(2), "ends_on": day(5), **changed}
    return declare_absence(actor=actor, membership=membership(of or actor), **values)


def test_both_days_are_part_of_it(reviewer: Actor, second: Actor) -> None:
    mine, deputy = membership(reviewer), membership(second)
    declare(reviewer, deputy=deputy)
    reviewers = Membership.objects.filter(role=Role.REVIEWER)
    for offset, is_away in ((1, False), (2, True), (5, True), (6, False)):
        on = day(offset)
        assert reviewers.absent_on(on).filter(pk=mine.pk).exists() == is_away, offset
        assert reviewers.present_on(on).filter(pk=mine.pk).exists() != is_away, offset
        standing_in = Membership.objects.standing_in_for(mine, on)
        assert list(standing_in) == ([deputy] if is_away else []), offset
        assert list(Membership.objects.represented_by(deputy, on)) == ([mine] if is_away else [])
    event = Event.objects.get(verb="accounts.absence.declare")
    assert event.visibility == "organisation"
    assert event.data["said"]["代わりの人"] == "三浦 楓"


@pytest.mark.parametrize(
    ("first", "last", "is_refused"),
    [(0, 1, False), (6, 9, False), (5, 7, True), (0, 2, True), (3, 4, True), (0, 9, True)],
    ids=["before", "after", "last-day-shared", "first-day-shared", "inside", "around"],
)
def test_an_overlap_is_refused(reviewer: Actor, first: int, last: int, is_refused: bool) -> None:
    declare(reviewer)
    if is_refused:
        with pytest.raises(Refused, match="重なっています"):
            declare(reviewer, starts_on=day(first), ends_on=day(last))
    else:
        declare(reviewer, starts_on=day(first), ends_on=day(last))
    assert Absence.objects.count() == (1 if is_refused else 2)


def test_a_cancelled_one_is_none_and_stays_for_the_record(reviewer: Actor) -> None:
    absence = declare(reviewer)
    cancel_absence(actor=reviewer, absence=absence)
    assert not Membership.objects.absent_on(day(3)).exists()
    declare(reviewer)
    assert Absence.objects.count() == 2
    with pytest.raises(Refused, match="すでに"):
        cancel_absence(actor=reviewer, absence=absence)


@pytest.mark.parametrize("who", ["oneself", "another-role", "another-office", "away-too"])
def test_a_deputy_is_a_colleague_who_is_there(
    world: World, reviewer: Actor, second: Actor, who: str
) -> None:
    if who == "away-too":
        declare(second, starts_on=day(5), ends_on=day(8))
    deputy = {
        "oneself": reviewer,
        "another-role": world.actor(Role.DECIDER),
        "another-office": world.actor(Role.DRAFTER),
        "away-too": second,
    }[who]
    with pytest.raises(Refused, match="別の人"):
        declare(reviewer, deputy=membership(deputy))


def test_days_are_in_order(reviewer: Actor) -> None:
    with pytest.raises(Refused, match="初日以後"):
        declare(reviewer, starts_on=day(4), ends_on=day(3))


def test_the_managers_of_both_offices_declare_for_their_people(world: World) -> None:
    declare(world.actor(Role.PREFECTURE_ADMIN), of=world.actor(Role.DRAFTER))
    declare(world.actor(Role.SYSTEM_ADMIN), of=world.actor(Role.DECIDER))
    assert Absence.objects.count() == 2


def test_nobody_declares_for_others_or_for_another_office(world: World, reviewer: Actor) -> None:
    strangers = (
        (reviewer, world.actor(Role.DECIDER)),
        (world.actor(Role.APPROVER), world.actor(Role.DRAFTER)),
        (world.actor(Role.SYSTEM_ADMIN), world.actor(Role.DRAFTER)),
        (world.actor(Role.PREFECTURE_ADMIN), world.actor(Role.DRAFTER, world.gifu)),
    )
    for actor, other in strangers:
        with pytest.raises(Denied):
            declare(actor, of=other)
    assert not Absence.objects.exists()


def test_the_page_is_the_organisations_own(world: World, reviewer: Actor) -> None:
    absence = declare(reviewer, note="夏の休暇")
    own, others = client_of(world.actor(Role.DECIDER)), client_of(world.actor(Role.DRAFTER))
    assert "夏の休暇" in own.get(LIST).content.decode()
    page = others.get(LIST).content.decode()
    assert "不在の予定はありません" in page
    assert "夏の休暇" not in page
    cancel = reverse("accounts:cancel_absence", args=[absence.pk])
    assert others.post(cancel).status_code == 404
    assert own.post(cancel).status_code == 403
    assert client_of(reviewer).post(cancel).status_code == 302


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(reviewer: Actor) -> None:
    client, mine = client_of(reviewer), membership(reviewer)
    values = {"membership": str(mine.pk), "starts_on": "R99.1.1", "ends_on": "", "note": "出張"}
    answer = client.post(DECLARE, values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "最終日を入力してください" in page
    assert 'value="出張"' in page
    values |= {"starts_on": day(1).isoformat(), "ends_on": day(0).isoformat()}
    assert client.post(DECLARE, values).status_code == 409
    values["ends_on"] = day(2).isoformat()
    assert client.post(DECLARE, values).status_code == 302


def test_only_oneself_is_on_offer_unless_one_manages(world: World, reviewer: Actor) -> None:
    stranger = membership(world.actor(Role.DECIDER))
    values = {"membership": str(stranger.pk), "starts_on": "2030/1/4", "ends_on": "2030/1/5"}
    assert client_of(reviewer).post(DECLARE, values).status_code == 422
    assert client_of(world.actor(Role.SYSTEM_ADMIN)).post(DECLARE, values).status_code == 302


@pytest.mark.parametrize("count", [3, 8])
def test_the_list_asks_the_same_whatever_its_length(
    world: World, reviewer: Actor, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        person = world.cast.add(world.office, Role.REVIEWER, f"職員 {n}", f"r{n}@cao.example")
        declare(person)
    client = client_of(reviewer)
    client.get(LIST)
    with django_assert_num_queries(5):
        assert client.get(LIST).status_code == 200
