"""A budget of 200 lines: saved, and two sealed versions of it compared, beside an empty page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.demo.stories import DEEP
from grants.filings.api import Filing, ReviewItem, changes, latest_version, previous_version
from grants.plans.api import BudgetLine
from portal.access.api import Role
from portal.workflow.api import perform
from tests.world import World, build_world, client_of, ensure_cache_table

from .figures import Figure, keep, spreads
from .test_pages import with_lines

pytestmark = pytest.mark.django_db(transaction=True)
LINES, ROUNDS = 200, 21


def typed(filing: Filing, version: int) -> dict[str, str]:
    """The platform's section with 200 lines, as its page sends it."""
    data = {
        "section_version": str(version),
        "platform_name": "場",
        "platform_form": "new",
        "draft": "1",
        "lines-TOTAL_FORMS": str(LINES),
        "lines-INITIAL_FORMS": "0",
    }
    lines = list(filing.plan_revision.lines.filter(activity_uid=None))
    for n in range(LINES):
        row = {
            "uid": str(lines[n].uid) if n < len(lines) else "",
            "category_code": "07",
            "item": f"謝金{n}",
            "basis": "4回×12人",
            "delivery": "direct",
            "quantity": str(n % 40 + version % 2),
            "unit": "回",
            "unit_price": "12,500",
            "tax": "included",
            "is_eligible": "on",
            "other_funding": "none",
        }
        data |= {f"lines-{n}-{name}": value for name, value in row.items() if value}
    return data


def queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def test_two_hundred_lines_are_saved(world_of_lines: tuple[World, Filing, Client]) -> None:
    _, filing, drafter = world_of_lines
    url = reverse("plans:section", args=[filing.revision_id, "platform"])
    sent = iter(range(1, 1_000))

    def save() -> None:
        sent_as = "application/x-www-form-urlencoded"
        body = urlencode(typed(filing, next(sent)))
        assert drafter.post(url, body, content_type=sent_as).status_code == 302

    save()
    assert BudgetLine.objects.filter(revision=filing.revision_id, activity_uid=None).count() == 200
    asked = queries(save)
    found = spreads(
        {"空": lambda: drafter.get("/help/"), "保存": save, "表示": lambda: drafter.get(url)},
        ROUNDS,
    )
    empty = found["空"][0]
    shown = queries(lambda: drafter.get(url))
    for name, label, count in (("保存", "保存", asked), ("表示", "表示", shown)):
        for place, value in zip(("p50", "p95"), found[name], strict=True):
            keep(
                Figure(
                    f"積算内訳200行の{label} {place}",
                    value * 1000,
                    "ms",
                    "空のページ",
                    value / empty,
                    count,
                )
            )


@pytest.fixture
def world_of_lines() -> tuple[World, Filing, Client]:
    ensure_cache_table()
    world = build_world()
    return world, world.draft(world.nagano, DEEP), client_of(world.actor(Role.DRAFTER))


def test_two_versions_of_two_hundred_lines_are_compared() -> None:
    ensure_cache_table()
    world = build_world()
    filing = world.filing("returned", world.nagano, with_lines(DEEP, 8))
    for line in filing.plan_revision.lines.all()[::4]:
        line.unit_price += 10
        line.amount = int(line.quantity * line.unit_price)
        line.save()
    filing.plan_revision.lines.filter(order=3).delete()
    for item in filing.items.all():
        drafter = world.actor(Role.DRAFTER)
        perform(ReviewItem, item.pk, "answer", drafter, data={"text": "単価を直しました。"})
    filing = world.submit(filing)
    sealed = latest_version(filing)
    assert sealed is not None
    earlier = previous_version(sealed)
    assert earlier is not None
    reviewer = client_of(world.actor(Role.REVIEWER))
    url = reverse("filings:version", args=[sealed.pk])
    old, new = earlier.content["sections"], sealed.content["sections"]
    assert len(changes(old, new)) > 50
    assert reviewer.get(url).status_code == 200
    works: dict[str, Callable[[], Any]] = {
        "空": lambda: reviewer.get("/help/"),
        "比較だけ": lambda: changes(old, new),
        "比較の画面": lambda: reviewer.get(url),
    }
    found = spreads(works, ROUNDS)
    asked = {"比較だけ": 0, "比較の画面": queries(works["比較の画面"])}
    for name, count in asked.items():
        for place, value in zip(("p50", "p95"), found[name], strict=True):
            label = f"200行の2つの版の{name} {place}"
            empty = found["空"][0]
            keep(Figure(label, value * 1000, "ms", "空のページ", value / empty, count))
