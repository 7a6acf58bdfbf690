"""How much a key may ask for: counted key by key, refused with a time, told once a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from grants.connections.api import AccessKey
from grants.connections.metering import TooMuch, spend
from grants.connections.openapi import schema
from grants.connections.rules import Limit, Use, charge
from grants.records.api import ActivityRecord, PeriodReport
from portal.audit.api import Event
from tests.grants.connections.conftest import key_for
from tests.grants.connections.test_sending import GOOD, asked, sent
from tests.grants.contracts import NOW, Deal, Pair, make_deal, pair_of
from tests.workflow.races import at_once, failures
from tests.world import build_world, ensure_cache_table

LIMIT = Limit(seconds=600, requests=3, rows=10)
BEGUN = datetime(2024, 11, 5, 1, 0, tzinfo=UTC)


@pytest.fixture
def small(settings: Any) -> Limit:
    settings.API_LIMIT = {"seconds": 600, "requests": 3, "rows": 10}
    return LIMIT


@pytest.mark.parametrize(
    ("used", "asks", "says", "left_after"),
    [
        (Use(BEGUN), {"requests": 1}, "", (1, 0, 0)),
        (Use(BEGUN, 2), {"requests": 1}, "", (3, 0, 0)),
        (Use(BEGUN, 3), {"requests": 1}, "10分に3回までです。", (3, 0, 1)),
        (Use(BEGUN, 1, 4), {"rows": 6}, "", (1, 10, 0)),
        (Use(BEGUN, 1, 4), {"rows": 7}, "10分に10行までです（残り6行）。", (1, 4, 1)),
        (Use(BEGUN, 3, 10, 8), {"requests": 1}, "10分に3回までです。", (3, 10, 9)),
    ],
    ids=["first", "last", "one too many", "rows to the limit", "a row too many", "again"],
)
def test_what_is_charged(
    used: Use, asks: dict[str, int], says: str, left_after: tuple[int, int, int]
) -> None:
    after, reason = charge(used, LIMIT, **asks)
    assert reason == says
    assert (after.requests, after.rows, after.refused) == left_after


@given(st.integers(0, 10**7), st.integers(1, 7200))
def test_a_window_holds_its_moment(passed: int, seconds: int) -> None:
    limit, now = replace(LIMIT, seconds=seconds), BEGUN + timedelta(milliseconds=passed)
    begun = limit.window(now)
    assert begun <= now < begun + timedelta(seconds=seconds)
    assert limit.window(begun) == begun
    assert 1 <= limit.seconds_left(now) <= seconds
    assert limit.window(now + timedelta(seconds=limit.seconds_left(now))) > begun


def test_a_flood_is_refused_with_a_time_and_told_once(
    month: PeriodReport, secret: str, small: Limit
) -> None:
    codes = [asked(secret, "months").status_code for _ in range(3)]
    assert codes == [HTTPStatus.OK] * 3
    for _ in range(4):
        refused = asked(secret, "months")
        assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert 1 <= int(refused["Retry-After"]) <= small.seconds
        (reason,) = refused.json()["reasons"]
        assert reason.startswith("10分に3回までです。")
    assert Event.objects.filter(verb="connections.limit").count() == 1, "once a window"
    with time_machine.travel("2024-11-05 10:10+09:00", tick=True):
        assert asked(secret, "months").status_code == HTTPStatus.OK
        assert Event.objects.filter(verb="connections.limit").count() == 1


def test_rows_above_the_limit_are_not_taken(month: PeriodReport, secret: str, small: Limit) -> None:
    rows = [GOOD | {"venue": f"会場{n}"} for n in range(11)]
    refused = sent(secret, month, *rows)
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "残り10行" in refused.json()["reasons"][0]
    assert not ActivityRecord.objects.exists()
    assert sent(secret, month, *rows[:10]).status_code == HTTPStatus.OK
    assert ActivityRecord.objects.count() == 10


def test_another_key_is_not_slowed(
    deal: Deal, month: PeriodReport, pair: Pair, small: Limit
) -> None:
    _, flooded = key_for(pair, month)
    _, quiet = key_for(pair, month)
    for _ in range(5):
        asked(flooded, "months")
    assert asked(flooded, "months").status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert asked(quiet, "months").status_code == HTTPStatus.OK


def test_the_list_shows_what_was_used(
    month: PeriodReport, pair: Pair, secret: str, small: Limit
) -> None:
    for _ in range(4):
        asked(secret, "months")
    page = pair.responsibles_client.get(reverse("connections:list")).content.decode()
    assert "3回　0行" in page
    assert "上限に達しました" in page
    assert "10分ごとに送れるのは、3回、10行まで" in page
    with time_machine.travel("2024-11-05 10:30+09:00", tick=True):
        later = pair.responsibles_client.get(reverse("connections:list")).content.decode()
    assert "0回　0行" in later
    assert "上限に達しました" not in later


def test_the_list_asks_the_same_number_of_queries(month: PeriodReport, pair: Pair) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            pair.responsibles_client.get(reverse("connections:list"))
        return len(found)

    for _ in range(3):
        asked(key_for(pair, month)[1], "months")
    few = queries()
    for _ in range(5):
        asked(key_for(pair, month)[1], "months")
    assert queries() == few


def test_every_operation_says_what_comes_after_the_limit() -> None:
    for path in schema()["paths"].values():
        for method, operation in path.items():
            if method in ("get", "post"):
                assert "Retry-After" in operation["responses"]["429"]["headers"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.long
def test_requests_at_once_do_not_pass_the_limit_together(settings: Any) -> None:
    settings.API_LIMIT = {"seconds": 600, "requests": 4, "rows": 10}
    with time_machine.travel(NOW, tick=True):
        ensure_cache_table()
        deal = make_deal(build_world())
        month = deal.month(deal.concluded())
        pair = pair_of(deal, month.contract)
        key, _ = key_for(pair, month)
        key = AccessKey.objects.with_everything().get(pk=key.pk)
        results = at_once(*[lambda: spend(key, pair.recorder, requests=1)] * 8)
    assert len(failures(results)) == 4
    assert all(isinstance(one, TooMuch) for one in failures(results))
    assert Event.objects.filter(verb="connections.limit").count() == 1
