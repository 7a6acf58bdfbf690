"""長野県 with its platform of seven members and two meetings, and people of four offices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from grants.demo.cases import make_platform
from platforms.models import Meeting, Platform
from portal.access.api import Role
from tests.world import World, client_of, ensure_cache_table


@pytest.fixture
def platform(world: World) -> Platform:
    ensure_cache_table()
    return make_platform(world.nagano)[0].meeting.platform


@pytest.fixture
def meeting(platform: Platform) -> Meeting:
    found: Meeting = platform.meetings.get(number=2)
    return found


@pytest.fixture
def drafter(world: World) -> Client:
    return client_of(world.actor(Role.DRAFTER))


@pytest.fixture
def typed() -> Callable[..., dict[str, Any]]:
    """A whole meeting with one item, as the page posts it; keywords replace and add."""

    def make(**changed: Any) -> dict[str, Any]:
        return {
            "number": "3",
            "held_on": "令和7年6月1日",
            "attendance_public": "１２",
            "attendance_private": "20人",
            "chair_side": "private",
            "note": "",
            "request_key": "11111111-2222-4333-8444-555555555555",
            "actions-TOTAL_FORMS": "0",
            "actions-INITIAL_FORMS": "0",
            "agenda-TOTAL_FORMS": "1",
            "agenda-INITIAL_FORMS": "0",
            "agenda-0-uid": "",
            "agenda-0-title": "居場所の担い手",
            "agenda-0-proposed_by": "県社会福祉協議会",
            "agenda-0-proposer_side": "private",
            "agenda-0-agreement": "来年度に研修を始める。",
            **changed,
        }

    return make
