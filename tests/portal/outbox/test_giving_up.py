"""Work that fails again and again is shown, and can be begun anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from portal.outbox import services
from portal.outbox.api import Message, drain, enqueue, retry
from portal.outbox.services import MAX_ATTEMPTS, handles, work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def topic(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    seen: dict[str, Any] = {"fails": True, "done": 0, "given_up": 0}
    monkeypatch.setattr(services, "_handlers", dict(services._handlers))
    monkeypatch.setattr(services, "_mourners", dict(services._mourners))

    def mourn(payload: Mapping[str, Any]) -> None:
        seen["given_up"] += 1

    @handles("test.work", gives_up=mourn)
    def do(payload: Mapping[str, Any]) -> None:
        if seen["fails"]:
            raise ValueError("the printer is on fire")
        seen["done"] += 1

    return seen


def test_the_same_work_asked_for_twice_is_done_once(topic: dict[str, Any]) -> None:
    topic["fails"] = False
    with transaction.atomic():
        enqueue("test.work", "1", {"n": 1})
        enqueue("test.work", "1", {"n": 2})
    drain()
    assert not work("test.work:1")
    assert topic["done"] == 1


def test_a_rolled_back_act_asks_for_nothing(topic: dict[str, Any]) -> None:
    with transaction.atomic():
        enqueue("test.work", "1", {})
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_after_the_last_attempt_it_is_failed_said_and_can_begin_anew(
    topic: dict[str, Any],
) -> None:
    with transaction.atomic():
        enqueue("test.work", "1", {})
    for _ in range(MAX_ATTEMPTS):
        assert not work("test.work:1")
    message = Message.objects.get()
    assert message.failed_at is not None
    assert "on fire" in message.error
    assert topic["given_up"] == 1
    assert not retry("test.work:none")
    topic["fails"] = False
    assert retry("test.work:1")
    assert drain() == 1
    assert topic["done"] == 1
    assert not retry("test.work:1"), "what is done is not done again"


def test_the_relay_sends_what_is_due_and_nothing_twice_in_a_row(topic: dict[str, Any]) -> None:
    with transaction.atomic():
        enqueue("test.work", "1", {})
    Message.objects.update(send_after=timezone.now() - timedelta(seconds=1))
    assert services.relay() == 1
    assert services.relay() == 0
