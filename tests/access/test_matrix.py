"""Role × action × state: what the registry says is what the portal does, by real requests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from grants.filings.api import Filing, ReviewItem, SealedVersion
from grants.plans.api import PlanRevision
from portal.access.api import ActionView, Role, all_actions, decide, get
from portal.accounts.api import Membership
from portal.core.actor import Actor
from portal.workflow.api import all_workflows
from tests.access.everyone import Everyone, with_samples
from tests.access.urls import Address, ours
from tests.world import WAY, client_of

APPLICATION = next(w for w in all_workflows() if w.key == "filings.application")
SEEN_BY_NOBODY_ELSE = {
    Role.RECORDER,
    Role.RESPONSIBLE,
    Role.MEMBER,
    Role.READER,
    Role.SYSTEM_ADMIN,
}


def test_the_way_goes_through_every_state() -> None:
    used = {APPLICATION.initial} | {state for edge in APPLICATION.edges() for state in edge}
    assert set(WAY) == used


def sees(actor: Actor, filing: Filing) -> bool:
    return bool(Filing.objects.for_user(actor).filter(pk=filing.pk).exists())


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("state", WAY)
def test_every_transition_in_every_role(everyone: Everyone, state: str) -> None:
    """404 for whom it is not there, 403 for the wrong role, 409 for the wrong state."""
    filing = everyone.world.filing(state)
    for role, actor in everyone.actors.items():
        for row in APPLICATION.transitions:
            action = get(APPLICATION.action_name(row.name))
            url = filing.transition_url(row.name)
            # A post without its data is asked for them, refused by a guard, or done.
            expected = {302, 409, 422}
            if not sees(actor, filing):
                expected = {404}
            elif role not in action.roles:
                expected = {403}
            elif state not in (action.states or ()):
                expected = {409}
            status = everyone.post(role, url).status_code
            assert status in expected, f"{role} POST {row.name} in {state}: {status}"


@pytest.mark.django_db
def test_a_legal_act_asks_for_the_second_factor_again(everyone: Everyone) -> None:
    """security B3-30: a session that proved its person longer ago than five minutes."""
    acts = [row for row in APPLICATION.transitions if row.steps_up]
    assert {"submit", "decide", "withdraw"} <= {row.name for row in acts}
    everyone.world.agenda(everyone.world.nagano)
    for row in acts:
        with transaction.atomic():
            filing = everyone.world.filing(row.sources[0])
            for role in row.actors:
                client = client_of(everyone.actors[role], proved_seconds_ago=301)
                answer = client.post(filing.transition_url(row.name))
                assert answer.status_code == 302, f"{role} {row.name}"
                assert "/reauthenticate/" in answer.url, f"{role} {row.name}"
            transaction.set_rollback(True)


def test_the_strangers_of_a_filing_see_none() -> None:
    """By the table, so that a new role is not let in by default."""
    assert Role.PROGRAMME_MANAGER not in SEEN_BY_NOBODY_ELSE
    for row in APPLICATION.transitions:
        assert not row.actors & SEEN_BY_NOBODY_ELSE


# What becomes of a filing shows on its own pages and on those of its plan, versions and points.
FOLLOWS_THE_FILING = {Filing, PlanRevision, SealedVersion, ReviewItem}
# The whole walk in one test would outlast the time after which a test counts as hung.
PARTS = 6
MEANT = {200, 202, 302, 404, 405, 409, 410, 422}


def expected_of(everyone: Everyone, view: type[ActionView], role: str) -> set[int]:
    """404 for whom the object is not there, 403 for the wrong role, else an answer that was meant."""
    known = {action.name for action in all_actions()}
    if view.action not in known:
        return MEANT | {403}
    if view.model is not None:
        visible = view.model.objects.for_user(everyone.actors[role])
        if not visible.filter(pk=everyone.samples[view.model]).exists():
            return {404}
    return MEANT if role in get(view.action).roles else {403}


def headers_of(answer: Any) -> None:
    """security B3-32: strict policy, no framing, no sniffing, no referrer to others."""
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def walk(everyone: Everyone, state: str, walked: list[Address]) -> None:
    """Every one of these addresses × every role."""
    with_samples(everyone, everyone.world.filing(state))
    for address in walked:
        assert address.view is not None
        url = everyone.url(address)
        for role in everyone.clients:
            answer = everyone.get(role, url)
            expected = expected_of(everyone, address.view, role)
            if address.is_for_programs:
                expected = {401}
            assert answer.status_code in expected, f"{role} GET {address.name} in {state}"
            headers_of(answer)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_in_every_role(everyone: Everyone, part: int) -> None:
    walk(everyone, "decided", ours()[part::PARTS])


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "under_review", "returned"])
def test_pages_that_follow_the_filing_in_its_other_states(everyone: Everyone, state: str) -> None:
    followers = [a for a in ours() if a.view and a.view.model in FOLLOWS_THE_FILING]
    assert len(followers) > 10
    walk(everyone, state, followers)


@pytest.mark.django_db
def test_an_auditor_changes_nothing(everyone: Everyone) -> None:
    """Reads everything: no action that changes is theirs, and no page offers them a form to post."""
    assert not [a.name for a in all_actions() if a.changes and Role.AUDITOR in a.roles]


@pytest.mark.django_db
def test_a_role_that_ended_ends_at_once(everyone: Everyone) -> None:
    """security B3-29: the next request of an open session is denied."""
    assert everyone.get(Role.DRAFTER, "/applications/").status_code == 200
    actor = everyone.actors[Role.DRAFTER]
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user_id=actor.user_id).update(ends_on=yesterday)
    assert everyone.get(Role.DRAFTER, "/applications/").status_code == 403


def test_a_name_that_nobody_registered_is_an_error() -> None:
    with pytest.raises(KeyError):
        decide(
            Actor(None, "x", Role.DRAFTER, "起案者", None, ""), "filings.application.approve_all"
        )
