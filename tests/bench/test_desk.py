"""The desk with 47 bodies × 5 years, and the difference of two versions of 200 lines."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants.demo.stories import DEEP, PlanStory
from grants.desk.models import CaseFacts
from grants.filings.api import Filing, ReviewItem, compare, latest_version, previous_version
from grants.programmes.api import Programme, open_programme
from portal.access.api import Role
from portal.workflow.api import perform
from tests.world import World, build_world, client_of, ensure_cache_table

from .figures import Figure, keep, seconds

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 40
YEARS = 5
# How a filing of the n-th body stands; each way is one that the triggers allow.
WAYS = (
    ("submitted",),
    ("submitted", "under_review"),
    ("submitted", "under_review", "returned"),
    ("submitted", "under_review", "reviewed"),
    ("submitted", "under_review", "reviewed", "decided"),
)


def years(world: World) -> list[Programme]:
    manager = world.actor(Role.PROGRAMME_MANAGER)
    first = world.programme.fiscal_year
    return [
        world.programme,
        *(open_programme(actor=manager, fiscal_year=first - n) for n in range(1, YEARS)),
    ]


def fill(world: World) -> int:
    """One application for each body and year, in every state of the office; returns how many."""
    now = timezone.now()
    made = [
        Filing(
            kind="application",
            programme=programme,
            grantee=body,
            number=1,
            receipt_number=f"{programme.fiscal_year}-A-{n:04d}",
            first_submitted_at=now - timedelta(days=n % 40),
            submitted_at=now,
            requested_amount=3_000_000 + 100_000 * n,
        )
        for programme in years(world)
        for n, body in enumerate(world.bodies.values(), start=1)
    ]
    Filing.objects.bulk_create(made)
    CaseFacts.objects.bulk_create(
        CaseFacts(filing=filing, warnings=n % 3, changed_outside=n % 2, returns=n % 4)
        for n, filing in enumerate(made)
    )
    reviewer = world.actor(Role.REVIEWER).user_id
    for place, way in enumerate(WAYS):
        mine = Filing.objects.filter(pk__in=[f.pk for f in made[place :: len(WAYS)]])
        for state in way:
            mine.update(state=state)
        if len(way) > 1:
            mine.update(reviewer_id=reviewer)
    return len(made)


def timed(visits: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """In turn, so that what slows the machine slows them all."""
    taken: dict[str, list[float]] = {name: [] for name in visits}
    for work in visits.values():
        work()
    for _ in range(ROUNDS):
        for name, work in visits.items():
            taken[name].append(seconds(work))
    return taken


def queries_of(work: Callable[[], object]) -> int:
    work()
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def keep_all(visits: dict[str, Callable[[], object]], beside: str) -> dict[str, int]:
    counts = {name: queries_of(work) for name, work in visits.items()}
    taken = timed(visits)
    empty = statistics.median(taken[beside])
    for name, values in taken.items():
        if name == beside:
            continue
        cuts = statistics.quantiles(values, n=20)
        for label, value in (("p50", statistics.median(values)), ("p95", cuts[18])):
            keep(Figure(f"{name} {label}", value * 1000, "ms", beside, value / empty, counts[name]))
    return counts


def get(client: Client, path: str) -> Callable[[], Any]:
    def work() -> None:
        assert client.get(path).status_code == 200, path

    return work


def test_the_desk_with_five_years() -> None:
    ensure_cache_table()
    world = build_world()
    client = client_of(world.actor(Role.REVIEWER))
    few = queries_of(get(client, "/reviews/?year=all&group=all"))
    count = fill(world)
    year = world.programme.fiscal_year
    counts = keep_all(
        {
            "空のページ": get(client, "/help/"),
            f"審査の一覧 47件（全{count}件）": get(client, f"/reviews/?year={year}&group=all"),
            f"審査の一覧 {count}件から60件": get(client, "/reviews/?year=all&group=all"),
            f"審査の一覧 {count}件を印で絞る": get(
                client, "/reviews/?year=all&group=all&flag=unusual&sort=amount"
            ),
        },
        "空のページ",
    )
    of_all = counts[f"審査の一覧 {count}件から60件"]
    assert count == 47 * YEARS
    # What an empty desk need not ask: programmes of the rows, their days, last year, facts.
    assert of_all <= few + 4, (few, of_all)
    assert of_all == counts[f"審査の一覧 47件（全{count}件）"], counts


def long_story(times: int) -> PlanStory:
    activities = tuple(replace(a, lines=a.lines * times) for a in DEEP.activities)
    return replace(DEEP, activities=activities, platform_lines=DEEP.platform_lines * times)


def test_the_difference_of_two_versions_of_two_hundred_lines() -> None:
    ensure_cache_table()
    world = build_world()
    body = world.tottori
    filing = world.send_back(world.begin_review(world.submit(world.draft(body, long_story(8)))))
    drafter = world.actor(Role.DRAFTER, body)
    for item in ReviewItem.objects.filter(filing=filing):
        perform(ReviewItem, item.pk, "answer", drafter, data={"text": "示しました。"})
    lines = filing.plan_revision.lines.exclude(activity_uid=None).order_by("pk")
    for line in lines[:12]:
        type(line).objects.filter(pk=line.pk).update(item=f"{line.item}（改）")
    filing = world.begin_review(world.submit(Filing.objects.get(pk=filing.pk)))
    sealed = latest_version(filing)
    assert sealed is not None
    earlier = previous_version(sealed)
    assert earlier is not None
    old, new = earlier.content["sections"], sealed.content["sections"]
    found = compare(old, new)
    count = sum(len(t["rows"]) for s in new for t in s["tables"] if t["key"] == "lines")
    assert count >= 200
    assert found.rows == 12
    client = client_of(world.actor(Role.REVIEWER))
    keep_all(
        {
            "空のページ": get(client, "/help/"),
            f"審査の画面 {count}行の版": get(client, f"/reviews/{filing.pk}/"),
            f"二つの{count}行の版の違い": get(client, f"/reviews/{filing.pk}/?changes=1"),
        },
        "空のページ",
    )
    taken = statistics.median(seconds(lambda: compare(old, new)) for _ in range(ROUNDS))
    keep(Figure(f"compare() {count}行", taken * 1000, "ms", "12行の違い", 1.0, 0))
