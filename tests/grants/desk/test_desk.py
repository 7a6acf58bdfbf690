"""The desk as the Cabinet Office sees it: who, what, in which order, in how many queries."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.desk.api import assign, declare_conflict
from grants.desk.models import CaseFacts, SavedFilter
from grants.filings.api import Filing, ReviewItem
from portal.access.api import Role
from portal.accounts.api import Membership, declare_absence
from portal.core.actor import Actor
from portal.workflow.api import perform
from tests.world import World, client_of

pytestmark = pytest.mark.django_db
DESK = "/reviews/"


def membership(actor: Actor) -> Membership:
    return Membership.objects.select_related("user").get(
        user_id=actor.user_id, organisation_id=actor.organisation_id, role=actor.role
    )


@pytest.fixture
def second(world: World) -> Actor:
    first = world.actor(Role.REVIEWER)
    added = world.cast.add(world.office, Role.REVIEWER, "三浦 楓", "second@cao.example")
    world.cast.actors[world.office.pk, Role.REVIEWER] = first
    return added


def flags_on(page: str) -> list[str]:
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return re.findall(r'href="#flag-(\w+)"', body)


def read(client: Any, query: str = "") -> str:
    answer = client.get(DESK + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_states_stand_under_their_heads(world: World) -> None:
    world.filing("submitted", world.tottori)
    world.filing("returned", world.gifu)
    client = client_of(world.actor(Role.REVIEWER))
    page = read(client)
    assert "審査を待つもの 1" in page
    assert "差戻し中 1" in page
    assert "鳥取県" in page
    assert "岐阜県" not in page
    assert "岐阜県" in read(client, "?group=returned")
    assert "条件に合う申請はありません" in read(client, "?reviewer=me")


@pytest.mark.parametrize(
    "query", ["?group=nothing", "?year=1999", "?flag=guilty", "?sort=secret", "?reviewer=x"]
)
def test_a_value_on_no_list_is_not_found(world: World, query: str) -> None:
    assert client_of(world.actor(Role.REVIEWER)).get(DESK + query).status_code == 404


def test_the_clock_stands_while_the_prefecture_has_it(world: World) -> None:
    filing = world.filing("returned")
    ago = timezone.now() - timedelta(days=40)
    Filing.objects.filter(pk=filing.pk).update(
        first_submitted_at=ago, returned_on=timezone.localdate(ago) + timedelta(days=5)
    )
    page = read(client_of(world.actor(Role.REVIEWER)), "?group=returned")
    assert "5日で停止中" in page
    assert "overdue" not in flags_on(page)


def test_the_reviewer_who_is_away_is_shown_with_the_deputy(world: World, second: Actor) -> None:
    reviewer = world.actor(Role.REVIEWER)
    filing = world.filing("submitted")
    assign(actor=reviewer, filing=filing, to=membership(reviewer))
    today = timezone.localdate()
    declare_absence(
        actor=reviewer,
        membership=membership(reviewer),
        starts_on=today,
        ends_on=today,
        deputy=membership(second),
    )
    page = read(client_of(second))
    assert "away" in flags_on(page)
    assert "代わり 三浦 楓" in page


def test_what_the_desk_counts_when_a_filing_moves(world: World) -> None:
    filing = world.filing("returned")
    facts = CaseFacts.objects.get(filing=filing)
    assert (facts.returns, facts.changed_outside) == (1, 0)
    drafter = world.actor(Role.DRAFTER)
    for item in ReviewItem.objects.filter(filing=filing):
        perform(ReviewItem, item.pk, "answer", drafter, data={"text": "示しました。"})
    revision = filing.plan_revision
    type(revision).objects.filter(pk=revision.pk).update(vision="別の姿")
    filing = Filing.objects.get(pk=filing.pk)
    world.submit(filing)
    facts.refresh_from_db()
    assert facts.changed_outside == 1
    assert "outside" in flags_on(read(client_of(world.actor(Role.REVIEWER))))


def test_a_conflict_of_the_reviewer_is_flagged(world: World) -> None:
    reviewer = world.actor(Role.REVIEWER)
    filing = world.filing("submitted")
    assign(actor=reviewer, filing=filing, to=membership(reviewer))
    declare_conflict(actor=reviewer, grantee=filing.grantee, reason="家族が勤めている。")
    assert "conflict" in flags_on(read(client_of(world.actor(Role.DECIDER))))


def test_a_filter_is_kept_by_name_and_for_its_person_alone(world: World) -> None:
    mine, other = client_of(world.actor(Role.REVIEWER)), client_of(world.actor(Role.DECIDER))
    answer = mine.post(f"{DESK}filters/?flag=overdue&group=all&evil=1", {"name": "急ぐもの"})
    assert answer.status_code == 302
    saved = SavedFilter.objects.get()
    assert "evil" not in saved.query
    assert "急ぐもの" in read(mine)
    assert "急ぐもの" not in read(other)
    drop = f"{DESK}filters/{saved.pk}/drop/"
    assert other.post(drop).status_code == 404
    assert mine.post(drop).status_code == 302
    assert not SavedFilter.objects.exists()
    assert mine.post(f"{DESK}filters/", {"name": ""}).status_code == 422


def test_sorting_turns_round_and_keeps_the_filter(world: World) -> None:
    for code in ("13", "01"):
        world.filing("submitted", world.bodies[code])
    client = client_of(world.actor(Role.REVIEWER))
    up = read(client, "?sort=body")
    down = read(client, "?sort=body&order=down")
    assert up.index("北海道</a>") < up.index("東京都</a>")
    assert down.index("東京都</a>") < down.index("北海道</a>")
    assert 'aria-sort="descending"' in down


def test_the_same_queries_at_three_rows_and_at_eight(world: World) -> None:
    client = client_of(world.actor(Role.REVIEWER))
    counts = []
    bodies = [body for code, body in world.bodies.items() if code not in ("20", "21", "31")]
    for more in (bodies[:3], bodies[3:8]):
        for body in more:
            world.filing("submitted", body)
        client.get(f"{DESK}?year=all&group=all")
        with CaptureQueriesContext(connection) as captured:
            read(client, "?year=all&group=all")
        counts.append(len(captured))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 20, counts


def test_nobody_else_reaches_the_desk(world: World) -> None:
    for role in (Role.DRAFTER, Role.APPROVER):
        client = client_of(world.actor(role))
        for path in ("", "batch/?act=remind", "conflicts/", "conflicts/declare/"):
            assert client.get(DESK + path).status_code == 403, path


def test_what_was_filed_before_the_desk_is_counted_once(world: World) -> None:
    filing = world.filing("returned")
    known = CaseFacts.objects.get(filing=filing)
    CaseFacts.objects.all().delete()
    step = import_module("grants.desk.migrations.0003_count_what_was_filed_before")
    for _ in range(2):
        step.count(apps, None)
    again = CaseFacts.objects.get(filing=filing)
    assert (again.warnings, again.returns) == (known.warnings, 1)
