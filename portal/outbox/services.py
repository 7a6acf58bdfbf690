"""Asking for later work, and doing it exactly once.

The row in the database is the truth; the broker only makes it quick. A message is claimed by
locking its row for the whole of its work: a worker that dies loses the lock and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from .models import Message

log = structlog.get_logger(__name__)

Handler = Callable[[Mapping[str, Any]], None]
_handlers: dict[str, Handler] = {}
_mourners: dict[str, Handler] = {}
_queues: dict[str, str] = {}

# After this long without a result a message is sent again; its lock shows whether it is at work.
RESEND_AFTER = timedelta(seconds=20)
MAX_ATTEMPTS = 8


class TryAgain(Exception):
    """Raised by a handler whose work cannot be done yet; it is sent again later."""


def handles(
    topic: str, *, gives_up: Handler | None = None, queue: str = "celery"
) -> Callable[[Handler], Handler]:
    """Marks the one function that does the work of a topic; it runs inside a transaction.

    `gives_up` is called with the payload when the last attempt has failed. Workers take from the
    queues in turn: a hundred papers in "papers" do not stand in front of one upload.
    """

    def keep(function: Handler) -> Handler:
        if topic in _handlers and _handlers[topic] is not function:
            raise ValueError(f"two handlers for {topic}")
        _handlers[topic] = function
        _queues[topic] = queue
        if gives_up is not None:
            _mourners[topic] = gives_up
        return function

    return keep


def enqueue(topic: str, key: str, payload: Mapping[str, Any]) -> None:
    """Writes the message in the caller's transaction and sends it after the commit.

    A key that is there already is left as it is. A broker that is away costs nothing: the relay
    sends what is due when it is back.
    """
    full_key = f"{topic}:{key}"
    Message.objects.bulk_create(
        [Message(key=full_key, topic=topic, payload=dict(payload))], ignore_conflicts=True
    )
    transaction.on_commit(lambda: send(full_key), robust=True)


def send(key: str) -> None:
    from .tasks import run  # the task module needs this one

    try:
        queue = _queues.get(key.partition(":")[0], "celery")
        run.apply_async(args=[key], queue=queue, ignore_result=True, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("outbox.broker_away", key=key, error=type(error).__name__)


def work(key: str) -> bool:
    """Does one message. True when it is done by this call; False when it is done or being done.

    Anything a handler raises is kept on the row; after MAX_ATTEMPTS it is marked failed and shown
    to the system administrator.
    """
    try:
        with transaction.atomic():
            message = (
                Message.objects.unfinished()
                .select_for_update(skip_locked=True)
                .filter(key=key)
                .first()
            )
            if message is None:
                return False
            with transaction.atomic():
                _handlers[message.topic](message.payload)
            message.done_at = timezone.now()
            message.attempts += 1
            message.error = ""
            # A payload may hold the token of an invitation; done work needs none of it.
            message.payload = {}
            message.save(update_fields=["done_at", "attempts", "error", "payload"])
            return True
    except Exception as error:
        _keep_error(key, error)
        if not isinstance(error, TryAgain):
            log.exception("outbox.handler_failed", key=key)
        return False


def _keep_error(key: str, error: Exception) -> None:
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(key=key, done_at=None).first()
        if message is None:
            return
        message.attempts += 1
        message.error = f"{type(error).__name__}: {error}"[:2000]
        message.send_after = timezone.now() + RESEND_AFTER * message.attempts
        if message.attempts >= MAX_ATTEMPTS:
            message.failed_at = timezone.now()
            if message.topic in _mourners:
                _mourners[message.topic](message.payload)
        message.save(update_fields=["attempts", "error", "send_after", "failed_at"])


def retry(key: str) -> bool:
    """Gives failed work a fresh set of attempts; False when it is not (or no longer) failed."""
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(key=key).first()
        if message is None or message.failed_at is None:
            return False
        message.failed_at, message.attempts, message.send_after = None, 0, timezone.now()
        message.save(update_fields=["failed_at", "attempts", "send_after"])
        transaction.on_commit(lambda: send(key), robust=True)
    return True


def relay(limit: int = 200) -> int:
    """Sends what is due and not being worked on; returns how many. Run every few seconds by beat."""
    with transaction.atomic():
        due = list(Message.objects.due().select_for_update(skip_locked=True)[:limit])
        for message in due:
            message.send_after = timezone.now() + RESEND_AFTER
        Message.objects.bulk_update(due, ["send_after"])
    for message in due:
        send(message.key)
    return len(due)


def drain(limit: int = 1000) -> int:
    """Does all waiting work here and now, in order; for tests and loaders without a worker."""
    done = 0
    while done < limit:
        keys = list(Message.objects.due().values_list("key", flat=True)[:50])
        worked = sum(work(key) for key in keys)
        if not worked:
            return done
        done += worked
    return done
