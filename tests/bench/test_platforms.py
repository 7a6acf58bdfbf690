"""A platform of 5,000 members and 500 meetings beside one of seven and two."""

from __future__ import annotations

import pytest

from grants.demo.cases import make_platform
from platforms.models import Platform
from portal.access.api import Role
from tests.platforms.test_scale import MEETINGS, MEMBERS, grow, pages
from tests.world import build_world, client_of, ensure_cache_table

from .figures import Figure, keep, medians

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 15
# Fetched by anybody, and counted: not often enough for a median.
NOT_TIMED = frozenset({"public", "json"})


def test_a_large_platform_beside_a_small_one() -> None:
    ensure_cache_table()
    world = build_world()
    small: Platform = make_platform(world.gifu)[0].meeting.platform
    large: Platform = make_platform(world.nagano)[0].meeting.platform
    grow(large, MEMBERS, MEETINGS)
    works = {}
    for name, platform, body in (("", small, world.gifu), (" 大", large, world.nagano)):
        client = client_of(world.actor(Role.DRAFTER, body))
        for page, url in pages(platform).items():
            if page not in NOT_TIMED:
                works[page + name] = lambda client=client, url=url: client.get(url)
    taken = medians(works, ROUNDS)
    keep(
        *(
            Figure(
                f"プラットフォーム {MEMBERS}団体・{MEETINGS}回 {page} p50",
                taken[f"{page} 大"] * 1000,
                "ms",
                "7団体・2回",
                taken[f"{page} 大"] / taken[page],
            )
            for page in pages(small)
            if page not in NOT_TIMED
        )
    )
