"""The long rounds of `tests/faults` and `tests/audit`."""

from __future__ import annotations

import random
import time

import pytest
from django.db import transaction

from portal.audit.api import Event, record, verify
from portal.core.actor import system
from portal.local.valkey import Valkey
from portal.outbox.models import Message
from portal.outbox.services import relay
from portal.prefectures.api import Prefecture
from tests.faults.conftest import broker
from tests.faults.test_worker import all_done, assert_each_once
from tests.running import end_worker, kill_worker, start_worker, wait_for
from tests.workflow.races import at_once, failures
from tests.world import World

__all__ = ["broker"]
pytestmark = pytest.mark.django_db(transaction=True)
KILLS, PAPERS = 12, 10
SUBJECT = Prefecture(code="20", name="長野県", kana="ながのけん")


def test_a_worker_killed_at_random_points(world: World, broker: Valkey) -> None:
    """security B3-12: whatever it was doing, each paper is there once in the end."""
    bodies = [body for code, body in world.bodies.items() if code != "21"]
    for body in bodies[:PAPERS]:
        world.filing("submitted", body)
    for _ in range(KILLS):
        worker = start_worker()
        Message.objects.unfinished().update(send_after="2026-01-01T00:00:00Z")
        relay()
        time.sleep(random.uniform(3, 9))
        kill_worker(worker)
    worker = start_worker()
    try:
        Message.objects.unfinished().update(send_after="2026-01-01T00:00:00Z")
        wait_for(all_done, 300)
    finally:
        end_worker(worker)
    assert_each_once(PAPERS)


def test_16_writers_of_10_000_events() -> None:
    """security B3-20."""

    def many() -> None:
        for number in range(625):
            with transaction.atomic():
                record(system("a proof"), "tests.note", f"記録{number}", SUBJECT)

    assert failures(at_once(*[many] * 16)) == []
    assert Event.objects.count() == 10_000
    began = time.monotonic()
    assert verify() == []
    print(f"\n10,000 events verified in {time.monotonic() - began:.2f} s")
