"""Event: who did what, when, in which role, on what legal basis. Append-only and hash-chained."""

from __future__ import annotations

import pgtrigger
from django.db import models

from .querysets import EventQuerySet


class Visibility(models.TextChoices):
    CASE = "case", "双方"
    ORGANISATION = "organisation", "庁内"


class Event(models.Model):
    """Plain values only: an event stays readable when everything it speaks of has changed.

    `hash` is SHA-256 over the previous hash and the canonical text of all other fields
    (`chain.canonical`). `case_id` gathers one timeline; ORGANISATION events are the affair of the
    office that made them and of auditors.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_user_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=100)
    actor_role = models.CharField(max_length=30)
    actor_role_label = models.CharField(max_length=30)
    organisation_id = models.UUIDField(null=True)
    organisation_name = models.CharField(max_length=200)
    ip = models.CharField(max_length=45, blank=True)
    verb = models.CharField(max_length=80)
    label = models.CharField(max_length=100)
    article = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=200)
    case_id = models.UUIDField(null=True)
    visibility = models.CharField(
        max_length=12, choices=Visibility.choices, default=Visibility.CASE
    )
    data = models.JSONField(default=dict)
    request_key = models.UUIDField(null=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "証跡"
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["case_id", "seq"]),
            models.Index(fields=["subject_type", "subject_id", "seq"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["request_key", "verb", "subject_id"],
                condition=models.Q(request_key__isnull=False),
                name="audit_one_event_per_request",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.label} {self.subject_label}"


class Head(models.Model):
    """The last sequence number and hash: one row, locked by whoever appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        db_table = "audit_head"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"
