"""A worker killed while it takes a case out of the portal: no register half written, no file left."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import transaction

from grants.retention.api import Disposal, RemovedFile
from grants.retention.computing import kept_of
from grants.retention.removing import documents_of
from portal.audit.api import Event, verify
from portal.core.dates import JST
from portal.local.valkey import Valkey
from portal.outbox.models import Message
from portal.outbox.services import relay
from tests.grants.retention import way
from tests.running import end_worker, kill_worker, start_worker, wait_for
from tests.world import World, ensure_cache_table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
TOPICS = ("retention.describe", "retention.sweep")


def is_at_work() -> bool:
    with transaction.atomic():
        waiting = Message.objects.unfinished().filter(topic__in=TOPICS)
        free = waiting.select_for_update(skip_locked=True)
        return len(free) < waiting.count()


def test_a_worker_killed_while_it_removes(world: World, broker: Valkey) -> None:
    """security B3-12: what it described is whole or nothing, and the next one ends it."""
    ensure_cache_table()
    award = way.closed(world)
    until = kept_of([award])[award.pk].until
    assert until is not None
    with time_machine.travel(datetime(until.year, 4, 1, 9, 0, tzinfo=JST)):
        disposal = way.approved(world, way.proposed(world, award))
    before = {paper.pk: (paper.file, paper.sha256) for paper in documents_of(award)}
    Message.objects.unfinished().update(send_after="2026-01-01T00:00:00Z")
    for _ in range(2):
        worker = start_worker()
        relay()
        wait_for(is_at_work)
        kill_worker(worker)
        assert RemovedFile.objects.count() in {0, len(before)}

    def all_done() -> bool:
        Message.objects.unfinished().update(send_after="2026-01-01T00:00:00Z")
        relay()
        return bool(Disposal.objects.get(pk=disposal.pk).state == "removed")

    worker = start_worker()
    try:
        wait_for(all_done, 120)
    finally:
        end_worker(worker)
    entries = {one.document_id: (one.file, one.sha256) for one in disposal.removed.all()}
    assert entries == before
    assert not any(default_storage.exists(file) for file, _ in before.values())
    assert Event.objects.filter(verb="retention.disposal.finish").count() == 1
    assert verify() == []
