"""The five heaviest pages beside an empty signed-in page, at some rows and at ten times as many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.demo.stories import DEEP, LIGHT, PlanStory
from grants.filings.api import Filing
from portal.access.api import Role
from tests.world import World, build_world, client_of, ensure_cache_table

from .figures import Figure, keep, medians

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25
MOST_QUERIES = 15
FEW, MANY = 3, 30


def with_lines(story: PlanStory, times: int) -> PlanStory:
    """The same plan with each budget line `times` times."""
    activities = tuple(replace(a, lines=a.lines * times) for a in story.activities)
    return replace(story, activities=activities, platform_lines=story.platform_lines * times)


def pages(world: World, draft: Filing, reviewed: Filing) -> dict[str, tuple[Client, str]]:
    drafter, reviewer = client_of(world.actor(Role.DRAFTER)), client_of(world.actor(Role.REVIEWER))
    activity = draft.plan_revision.activities.get(type_code="07")
    return {
        "空のページ": (drafter, "/help/"),
        "ホーム（審査担当）": (reviewer, "/"),
        "審査一覧": (reviewer, "/reviews/"),
        "審査の画面": (reviewer, f"/reviews/{reviewed.pk}/?section=platform"),
        "計画の入力状況": (drafter, f"/applications/{draft.pk}/"),
        "計画の項目": (drafter, f"/plans/{draft.revision_id}/section/activity:{activity.uid}/"),
    }


def measured(
    visits: dict[str, tuple[Client, str]],
) -> tuple[dict[str, float], dict[str, int]]:
    def get(client: Client, path: str) -> Callable[[], Any]:
        return lambda: client.get(path)

    queries = {}
    for name, (client, path) in visits.items():
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        queries[name] = len(captured)
    return medians({name: get(*visit) for name, visit in visits.items()}, ROUNDS), queries


def test_pages_beside_an_empty_one() -> None:
    ensure_cache_table()
    world = build_world()
    bodies = [body for code, body in world.bodies.items() if code not in ("20", "21", "31")]
    draft = world.draft(world.nagano, DEEP)
    reviewed = world.filing("under_review", world.tottori, DEEP)
    for body in bodies[:FEW]:
        world.filing("submitted", body, LIGHT[0])
    usual, few = measured(pages(world, draft, reviewed))

    for body in bodies[FEW:MANY]:
        world.filing("submitted", body, LIGHT[0])
    long = world.filing("under_review", bodies[MANY], with_lines(DEEP, 10))
    draft = world.draft(bodies[MANY + 1], with_lines(DEEP, 10))
    visits = pages(world, draft, long)
    drafter = client_of(world.actor(Role.DRAFTER, bodies[MANY + 1]))
    visits = {
        k: (drafter if c is visits["空のページ"][0] else c, p) for k, (c, p) in visits.items()
    }
    long_ones, many = measured(visits)

    for label, times, counts in (("", usual, few), (f" ×{MANY // FEW}行", long_ones, many)):
        empty = times.pop("空のページ")
        keep(
            *(
                Figure(
                    f"{name}{label} p50",
                    value * 1000,
                    "ms",
                    "空のページ",
                    value / empty,
                    counts[name],
                )
                for name, value in times.items()
            )
        )
    grown = {name: (few[name], many[name]) for name in usual if few[name] != many[name]}
    assert grown == {}, "more rows ask more queries"
    heavy = {name: count for name, count in many.items() if count > MOST_QUERIES}
    assert heavy == {}, f"more than {MOST_QUERIES} queries"
