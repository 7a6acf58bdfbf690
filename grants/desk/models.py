"""What the Cabinet Office keeps about its work on filings; no prefecture sees a row of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.filings.api import Filing, SealedVersion
from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User

from .querysets import (
    BatchQuerySet,
    ConflictQuerySet,
    NoteQuerySet,
    QuestionQuerySet,
    SavedFilterQuerySet,
    SecondReadingQuerySet,
)
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


class ReviewNote(models.Model):
    """What the office writes down for itself; added, never changed. It may have to be disclosed."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="review_notes")
    text = models.TextField("メモ")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    written_at = models.DateTimeField(auto_now_add=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = "審査のメモ"
        ordering = ["filing", "written_at", "id"]

    def __str__(self) -> str:
        return self.text[:40]


class SecondReading(models.Model):
    """二次確認: somebody else reads the version before the review ends, once the reviewer asks for it.

    A confirmation is of one version; after a return the next version is read again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="second_readings")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)
    confirmed_on = models.ForeignKey(
        SealedVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    opinion = models.TextField("意見", blank=True)
    replaced_at = models.DateTimeField(null=True)

    objects = SecondReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "二次確認"
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(replaced_at=None), name="second_reading_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_at__isnull=False),
                name="second_reading_confirmed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing} 二次確認 {self.reader}"


class ProgrammeQuestion(models.Model):
    """A question that every review of the year answers beside the requirements.

    Never changed: a better wording is a new one, so that what was judged can be read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="review_questions"
    )
    order = models.PositiveSmallIntegerField("順")
    text = models.CharField("確認すること", max_length=200)
    basis = models.CharField("根拠", max_length=60)
    retired_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "年度の確認項目"
        ordering = ["programme", "order", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """Of its mark on a sealed version."""
        return f"question:{self.pk}"
