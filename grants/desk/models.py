"""What the Cabinet Office keeps about its work on filings; no prefecture sees a row of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.filings.api import Filing
from portal.accounts.api import Organisation, User

from .querysets import BatchQuerySet, ConflictQuerySet, SavedFilterQuerySet
from .states import Act


class CaseFacts(models.Model):
    """Counted when something moves, so that the desk need not open sealed versions.

    `warnings` and `changed_outside` are of the latest version, `returns` of the whole way.
    """

    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="desk_facts")
    warnings = models.PositiveSmallIntegerField("提出時の警告", default=0)
    changed_outside = models.PositiveSmallIntegerField("確認事項の外の変更", default=0)
    returns = models.PositiveSmallIntegerField("差戻しの回数", default=0)

    class Meta:
        verbose_name = "申請の見どころ"

    def __str__(self) -> str:
        return f"{self.filing}"


class Conflict(models.Model):
    """利害関係の申出: this person handles nothing of this body until they take it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("内容")
    declared_at = models.DateTimeField("申出", auto_now_add=True)
    ended_at = models.DateTimeField("解消", null=True)
    end_reason = models.TextField("解消の理由", blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = "利害関係の申出"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "grantee"], condition=Q(ended_at=None), name="conflict_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.grantee}との利害関係（{self.user}）"


class Reminder(models.Model):
    """催促 of an answer to a return: at most once a day."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="reminders")
    sent_on = models.DateField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "催促"
        constraints = [
            models.UniqueConstraint(fields=["filing", "sent_on"], name="reminder_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.filing} {self.sent_on}"


class SavedFilter(models.Model):
    """A person's own view of the desk; `query` is written by `DeskFilter`, never by the browser."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("名前", max_length=40)
    query = models.CharField(max_length=300)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = "保存した条件"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="filter_name_once")]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """One act on several filings: asked once, done one by one, with what became of each.

    `id` travels with the page that asks, so that a second click finds the first. `results` are rows
    of filing, label, whether it was done, and the reasons.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    act = models.CharField(max_length=10, choices=Act.choices)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    results = models.JSONField(default=list)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "まとめての操作"

    def __str__(self) -> str:
        return f"{self.get_act_display()}（{len(self.results)}件）"

    def get_absolute_url(self) -> str:
        return reverse("desk:batch_result", args=[self.pk])
