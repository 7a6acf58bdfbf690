"""A contractor's file, and what dies while it is read or taken: one set of rows, or none."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, connections, transaction

from grants.records.api import ActivityRecord, BatchState, PeriodReport, RecordBatch, receive
from portal.audit.api import verify
from portal.audit.models import Head
from portal.local.valkey import Valkey
from portal.outbox.models import Message
from portal.outbox.services import relay
from portal.spreadsheets.api import write_csv
from portal.workflow.api import perform
from tests.grants.contracts import NOW, Deal, Pair, make_deal, pair_of
from tests.running import end_worker, kill_worker, start_worker, wait_for
from tests.world import build_world, ensure_cache_table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
ROWS = 3_000
HEAD = ["市町村名", "団体コード", "居場所名", "開催日", "回数", "参加者"]


@pytest.fixture
def deal(transactional_db: None) -> Iterator[Deal]:
    with time_machine.travel(NOW, tick=True):
        ensure_cache_table()
        yield make_deal(build_world())


@pytest.fixture
def pair(deal: Deal) -> Pair:
    return pair_of(deal, deal.concluded())


@pytest.fixture
def month(deal: Deal, pair: Pair) -> PeriodReport:
    return PeriodReport.objects.get(month="2024-10-01")


def sent(pair: Pair, month: PeriodReport) -> RecordBatch:
    """The same file, every time to the byte."""
    rows = [
        ["八王子市", "13201", f"縁側{n}", f"R6.10.{n % 31 + 1}", "１", "約１２人"]
        for n in range(ROWS)
    ]
    upload = SimpleUploadedFile("10月.csv", write_csv(HEAD, rows))
    return receive(actor=pair.recorder, report=month, upload=upload)


def is_being_read() -> bool:
    """A worker holds the row of what it does until it is done."""
    with transaction.atomic():
        waiting = Message.objects.unfinished().filter(topic="records.read")
        return len(waiting.select_for_update(skip_locked=True)) < waiting.count()


def state_of(batch: RecordBatch) -> str:
    relay()
    return str(RecordBatch.objects.values_list("state", flat=True).get(pk=batch.pk))


def take(pair: Pair, batch: RecordBatch) -> None:
    perform(RecordBatch, batch.pk, "take", pair.recorder)


def test_a_worker_killed_while_it_reads_and_the_file_sent_again(
    pair: Pair, month: PeriodReport, broker: Valkey
) -> None:
    batch = sent(pair, month)
    worker = start_worker()
    relay()
    wait_for(is_being_read)
    kill_worker(worker)
    assert state_of(batch) == BatchState.RECEIVED
    worker = start_worker()
    try:
        Message.objects.unfinished().update(send_after="2024-01-01T00:00:00Z")
        wait_for(lambda: state_of(batch) == BatchState.READ, 120)
        take(pair, batch)
        assert ActivityRecord.objects.count() == ROWS
        before = dict(ActivityRecord.objects.values_list("pk", "updated_at"))
        again = sent(pair, month)
        assert again.document_id == batch.document_id
        wait_for(lambda: state_of(again) == BatchState.READ, 120)
        take(pair, again)
    finally:
        end_worker(worker)
    assert dict(ActivityRecord.objects.values_list("pk", "updated_at")) == before
    assert verify() == []


def test_a_process_that_dies_while_it_takes_a_file_leaves_no_row(
    pair: Pair, month: PeriodReport, broker: Valkey
) -> None:
    """It is stopped when all rows are written and its Event is not: the last step before the commit."""
    batch = sent(pair, month)
    worker = start_worker()
    try:
        wait_for(lambda: state_of(batch) == BatchState.READ, 120)
    finally:
        end_worker(worker)
    died: list[Exception] = []

    def take_and_die() -> None:
        try:
            take(pair, batch)
        except Error as error:
            died.append(error)
        finally:
            connections.close_all()

    with transaction.atomic():
        Head.objects.select_for_update().get()
        dying = threading.Thread(target=take_and_die)
        dying.start()
        wait_for(_end_who_waits_for_me)
        dying.join(30)
    assert died
    assert not ActivityRecord.objects.exists()
    assert state_of(batch) == BatchState.READ
    take(pair, batch)
    assert ActivityRecord.objects.count() == ROWS
    assert verify() == []


def _end_who_waits_for_me() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks "
            "WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchall())
