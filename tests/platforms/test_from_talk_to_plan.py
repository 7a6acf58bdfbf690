"""要領3(2), 4(2): the plan shows its discussions, the meeting shows what became of them."""

from __future__ import annotations

import pytest

from grants.filings.api import Filing
from platforms.models import AgendaItem
from portal.access.api import Role
from tests.world import World, client_of

pytestmark = pytest.mark.django_db


def cited_item(filing: Filing) -> AgendaItem:
    activity = filing.plan_revision.activities.exclude(discussions=None).first()
    found: AgendaItem = activity.discussions.first()
    return found


def test_the_meeting_shows_the_activity_and_where_its_plan_stands(world: World) -> None:
    filing = world.filing("submitted")
    item = cited_item(filing)
    activity = item.planned_activities.first()
    page = client_of(world.actor(Role.DRAFTER)).get(item.meeting.get_absolute_url())
    text = page.content.decode()
    assert activity.name in text
    assert filing.get_state_display() in text
    assert filing.get_absolute_url() in text
    office = client_of(world.actor(Role.REVIEWER)).get(item.meeting.get_absolute_url())
    assert activity.name in office.content.decode()


def test_a_draft_is_its_own_prefectures_affair(world: World) -> None:
    filing = world.draft()
    item = cited_item(filing)
    name = item.planned_activities.first().name
    own = client_of(world.actor(Role.DRAFTER)).get(item.meeting.get_absolute_url())
    assert name in own.content.decode()
    office = client_of(world.actor(Role.REVIEWER)).get(item.meeting.get_absolute_url())
    assert office.status_code == 200
    assert name not in office.content.decode()


def test_a_plan_without_any_discussion_is_flagged_to_its_writer(world: World) -> None:
    filing = world.draft()
    revision = filing.plan_revision
    revision.platform_discussions.clear()
    for activity in revision.activities.all():
        activity.discussions.clear()
    client = client_of(world.actor(Role.DRAFTER))
    page = client.get(f"/applications/{filing.pk}/check/").content.decode()
    assert "参画する関係機関等と議論した会議が、一つも示されていません。" in page
    assert "どの会議の議論とも結び付いていません" in page
