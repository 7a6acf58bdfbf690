"""Parts that die and come back: no document lost, none twice, and people are not stopped."""

from __future__ import annotations

import hashlib
import time

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import reverse

from grants.filings.api import Filing
from portal.access.api import Role
from portal.audit.api import Event, verify
from portal.documents.api import Document, read_file
from portal.local.people import seconds_left, totp
from portal.local.valkey import Valkey
from portal.outbox.models import Message
from portal.outbox.services import drain, relay, work
from tests.running import end_worker, kill_worker, start_worker, wait_for
from tests.world import World, client_of, ensure_cache_table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def papers() -> list[Document]:
    return list(Document.objects.filter(origin="generated").order_by("key"))


def is_at_work() -> bool:
    """A worker holds the row of what it does until it is done."""
    with transaction.atomic():
        waiting = Message.objects.unfinished().filter(topic="documents.render")
        free = waiting.select_for_update(skip_locked=True)
        return len(free) < waiting.count()


def all_done() -> bool:
    relay()
    return all(paper.is_ready for paper in papers()) and not Message.objects.unfinished().exists()


def assert_each_once(count: int) -> None:
    found = papers()
    assert len(found) == count == len({paper.key for paper in found})
    for paper in found:
        content = read_file(paper)
        assert content.startswith(b"%PDF-")
        assert hashlib.sha256(content).hexdigest() == paper.sha256
        finished = Event.objects.filter(verb="documents.document.finish", subject_id=str(paper.pk))
        assert finished.count() == 1
    assert verify() == []


def test_a_worker_killed_while_it_renders(world: World, broker: Valkey) -> None:
    """security B3-12: its transaction is undone, its message is sent again."""
    for code in ("20", "31", "13"):
        world.filing("submitted", world.bodies[code])
    for _ in range(2):
        worker = start_worker()
        relay()
        wait_for(is_at_work)
        kill_worker(worker)
    worker = start_worker()
    try:
        Message.objects.unfinished().update(send_after="2026-01-01T00:00:00Z")
        wait_for(all_done, 120)
    finally:
        end_worker(worker)
    assert_each_once(3)


def test_a_message_sent_twice_makes_one_paper(world: World, broker: Valkey) -> None:
    """security B3-16: a broker may deliver again what was done."""
    world.filing("submitted")
    for _ in range(3):
        Message.objects.unfinished().update(send_after="2026-01-01T00:00:00Z")
        relay()
    worker = start_worker()
    try:
        wait_for(all_done, 120)
    finally:
        end_worker(worker)
    assert_each_once(1)


def test_a_file_that_was_stored_before_the_crash_is_no_second_file(world: World) -> None:
    """Kept under its hash: what a dying worker left on the disk is what the next one writes."""
    world.filing("submitted")
    render = Message.objects.get(topic="documents.render")
    with transaction.atomic():
        assert work(render.key)
        left_behind = papers()[0].file
        transaction.set_rollback(True)
    assert not papers()[0].is_ready
    assert default_storage.exists(left_behind)
    drain()
    (paper,) = papers()
    assert paper.file == left_behind
    # Its folder may hold another test's file too; a second copy would carry this hash and a suffix.
    folder, sha256 = left_behind.split("/")
    copies = [name for name in default_storage.listdir(folder)[1] if name.startswith(sha256)]
    assert copies == [sha256]


class TestBrokerAway:
    """security B3-13: Redis is only the broker."""

    def sign_in(self, world: World, login: str) -> Client:
        person = world.sign_in_of(login)
        client = Client()
        first = client.post(
            reverse("account_login"), {"login": login, "password": person["password"]}
        )
        assert first.status_code == 302
        for _ in range(2):
            second = client.post(first.url, {"code": totp(person["totp_secret"], time.time())})
            if second.status_code == 302:
                return client
            # The half minute of the code ended on the way.
            time.sleep(seconds_left() + 0.5)
        raise AssertionError("the code was not accepted")

    def test_people_go_on_and_the_papers_follow(self, world: World, broker: Valkey) -> None:
        ensure_cache_table()
        filing = world.draft()
        broker.stop()
        began = time.monotonic()
        drafter = self.sign_in(world, "drafter@nagano.example")
        assert drafter.get("/").status_code == 200
        saved = drafter.post(
            reverse("plans:section", args=[filing.revision_id, "vision"]),
            {"section_version": "1", "issues": "課題", "vision": "書き直した姿"},
        )
        assert saved.status_code == 302
        asked = drafter.post(filing.transition_url("request_approval"), {"note": ""})
        assert asked.status_code == 302
        approver = client_of(world.actor(Role.APPROVER))
        assert approver.post(filing.transition_url("submit")).status_code == 302
        assert time.monotonic() - began < 30
        filing = Filing.objects.get(pk=filing.pk)
        assert filing.state == "submitted"
        assert filing.receipt_number
        assert [paper.state for paper in papers()] == ["queued"]

        broker.start()
        worker = start_worker()
        try:
            wait_for(all_done, 120)
        finally:
            end_worker(worker)
        assert_each_once(1)

    def test_a_worker_that_loses_its_broker_finds_it_again(
        self, world: World, broker: Valkey
    ) -> None:
        worker = start_worker()
        try:
            world.filing("submitted")
            wait_for(all_done, 120)
            broker.stop()
            world.filing("submitted", world.tottori)
            assert worker.poll() is None
            broker.start()
            wait_for(all_done, 120)
        finally:
            end_worker(worker)
        assert_each_once(2)
