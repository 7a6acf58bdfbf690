"""What must happen after the commit: written in the transaction, sent by workers, done once."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class MessageQuerySet(models.QuerySet["Message"]):
    def unfinished(self) -> MessageQuerySet:
        return self.filter(done_at=None, failed_at=None)

    def failed(self) -> MessageQuerySet:
        return self.exclude(failed_at=None).order_by("-failed_at")

    def due(self) -> MessageQuerySet:
        """Never sent, or sent so long ago that the worker must have died with it."""
        return self.unfinished().filter(send_after__lte=timezone.now()).order_by("id")


class Message(models.Model):
    """`key` is unique: asking twice for the same work makes one message."""

    key = models.CharField(max_length=200, unique=True)
    topic = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    send_after = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects: Any = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "送信箱"
        indexes = [
            models.Index(
                fields=["send_after"],
                condition=models.Q(done_at=None, failed_at=None),
                name="outbox_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"
