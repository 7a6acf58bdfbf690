"""`perform()`: what it asks in which order, what it leaves behind, and what it leaves alone."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.http import Http404

from grants.filings.api import Filing
from portal.access.api import Role
from portal.audit.api import Event
from portal.core.actor import system
from portal.core.problems import Denied, Refused, Stale
from portal.outbox.models import Message
from portal.workflow.api import perform
from tests.world import World

pytestmark = pytest.mark.django_db


def traces() -> tuple[int, int]:
    return Event.objects.count(), Message.objects.count()


def attempt(world: World, filing: Filing, name: str, role: str, **options: Any) -> Exception | None:
    """What perform() raised; nothing may be left of a refused act."""
    before = traces()
    state = Filing.objects.values_list("state", "version").get(pk=filing.pk)
    try:
        perform(Filing, filing.pk, name, world.actor(role), data={"note": ""}, **options)
    except (Denied, Http404, KeyError) as problem:
        assert traces() == before
        assert Filing.objects.values_list("state", "version").get(pk=filing.pk) == state
        return problem
    return None


def test_one_act_leaves_one_event_and_its_messages(world: World) -> None:
    filing = world.draft()
    events = Event.objects.count()
    outcome = world.act(
        filing, "request_approval", world.actor(Role.DRAFTER), note="初めての申請です。"
    )
    assert outcome.subject.state == "awaiting_approval"
    assert outcome.subject.version == filing.version + 1
    assert Event.objects.count() == events + 1
    event = outcome.event
    assert (event.verb, event.label) == ("filings.application.request_approval", "決裁を依頼する")
    assert event.article == "適正化法5条"
    assert (event.actor_name, event.actor_role_label) == ("小林 由佳", "起案者")
    assert event.data["from"] == "draft"
    assert event.data["to"] == "awaiting_approval"
    assert event.data["said"] == {"決裁者への説明": "初めての申請です。"}
    told = Message.objects.filter(topic="notify").latest("id")
    assert told.payload["message"] == "application.approval_requested"


@pytest.mark.parametrize("case", ["a stranger", "a missing id", "an office before the filing"])
def test_1_what_is_not_yours_is_not_there(world: World, case: str) -> None:
    filing = world.draft()
    actor = world.actor(
        Role.REVIEWER if case == "an office before the filing" else Role.DRAFTER,
        world.gifu if case == "a stranger" else None,
    )
    pk = uuid.uuid4() if case == "a missing id" else filing.pk
    with pytest.raises(Http404):
        perform(Filing, pk, "request_approval", actor, data={"note": ""})


def test_2_a_stale_version_comes_before_role_and_state(world: World) -> None:
    filing = world.draft()
    problem = attempt(world, filing, "submit", Role.DRAFTER, seen_version=filing.version + 7)
    assert isinstance(problem, Stale)
    assert (problem.seen, problem.current) == (filing.version + 7, filing.version)


def test_3_the_role_comes_before_the_state(world: World) -> None:
    problem = attempt(world, world.draft(), "submit", Role.DRAFTER)
    assert type(problem) is Denied
    assert "役割" in problem.reasons[0]


def test_4_the_state_comes_before_the_guards(world: World) -> None:
    filing = world.draft()
    world.request(filing)
    problem = attempt(world, filing, "request_approval", Role.DRAFTER)
    assert type(problem) is Refused
    assert problem.reasons == ("いまは「決裁待ち」のため、「決裁を依頼する」はできません。",)


def test_5_all_reasons_are_returned_not_the_first(world: World) -> None:
    filing = world.draft()
    filing.plan_revision.activities.all().delete()
    filing.plan_revision.__class__.objects.filter(pk=filing.revision_id).update(vision="")
    problem = attempt(world, filing, "request_approval", Role.DRAFTER)
    assert type(problem) is Refused
    assert any("要領3(2)" in reason for reason in problem.reasons)
    assert any("目指す姿を入力" in reason for reason in problem.reasons)


def test_people_decide_not_the_portal(world: World) -> None:
    filing = world.draft()
    with pytest.raises(Denied, match="人が行います"):
        perform(Filing, filing.pk, "request_approval", system("a test"), data={"note": ""})


def test_a_double_click_is_one_act(world: World) -> None:
    """security B3-8: the second answer is the first one's result."""
    filing = world.draft()
    key = uuid.uuid4()
    clicks = [
        perform(
            Filing,
            filing.pk,
            "request_approval",
            world.actor(Role.DRAFTER),
            seen_version=filing.version,
            data={"note": ""},
            request_key=key,
        )
        for _ in range(2)
    ]
    assert [click.is_repeat for click in clicks] == [False, True]
    assert clicks[0].event == clicks[1].event
    assert clicks[1].subject.version == filing.version + 1


def test_an_unknown_act_is_an_error_of_the_caller(world: World) -> None:
    assert isinstance(attempt(world, world.draft(), "approve_all", Role.DRAFTER), KeyError)


def test_what_an_effect_refuses_is_undone_whole(world: World) -> None:
    """The budget is only known under the ledger's lock, in an effect."""
    filing = world.filing("reviewed")
    before = traces()
    world.programme.values.filter(key="budget").update(text="1000")
    with pytest.raises(Refused, match="予算の残り"):
        world.decide(filing)
    assert traces() == before
    assert Filing.objects.get(pk=filing.pk).state == "reviewed"
    assert not hasattr(Filing.objects.get(pk=filing.pk), "decision")
