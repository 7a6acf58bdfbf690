"""お知らせ: what happened, for the people of an organisation in certain roles."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.accounts.api import Organisation, User

from .querysets import NoticeQuerySet


class Notice(models.Model):
    """`key` is unique: a message handled twice makes one notice. No amounts, no personal data.

    `users` narrows it to some of the people in these roles; empty means all of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=250, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    roles = ArrayField(models.CharField(max_length=20))
    users = ArrayField(models.UUIDField(), default=list)
    title = models.CharField("件名", max_length=200)
    text = models.TextField("本文", blank=True)
    url = models.CharField(max_length=300, blank=True)
    sender_name = models.CharField("差出人", max_length=200)
    arrived_at = models.DateTimeField("到着", auto_now_add=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "お知らせ"
        indexes = [models.Index(fields=["organisation", "-arrived_at"])]

    def __str__(self) -> str:
        return self.title


class Reading(models.Model):
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notice_read_once")]

    def __str__(self) -> str:
        return f"{self.notice} {self.user}"
