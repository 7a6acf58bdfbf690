"""閲覧の許可: cases that stand open to one person from a moment to a moment, and what was read."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from grants.awards.api import Award
from portal.accounts.api import Organisation, User

from .querysets import ReadingQuerySet


class Reading(models.Model):
    """To the person with this address in an office of 監査委員: from `starts_at` until before
    `ends_at`, or until it was ended early. `organisation` is that office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="readings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("閲覧する人", max_length=100)
    email = models.EmailField("メールアドレス")
    purpose = models.TextField("閲覧の目的")
    awards = models.ManyToManyField(Award, through="ReadingCase", related_name="readings")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    most_days = models.PositiveSmallIntegerField("期間の上限（日）")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_by_name = models.CharField("開いた人", max_length=100)
    opened_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField("終えた時刻", null=True)
    ended_by_name = models.CharField("終えた人", max_length=100, blank=True)
    end_reason = models.TextField("終えた理由", blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "閲覧の許可"
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="reading_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(end_reason=""), name="reading_end_has_reason"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="reading_kept", exclude=["ends_at", "ended_at", "ended_by_name", "end_reason"]
            ),
            pgtrigger.Protect(name="reading_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.name}への閲覧の許可"

    @property
    def starts_on(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def ends_on(self) -> date:
        """The last day in Japan."""
        return timezone.localdate(self.ends_at) - timedelta(days=1)

    def get_absolute_url(self) -> str:
        return reverse("readings:detail", args=[self.pk])


class ReadingCase(models.Model):
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="cases")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "閲覧できる案件"
        constraints = [
            models.UniqueConstraint(fields=["reading", "award"], name="reading_case_once")
        ]
        triggers = [
            pgtrigger.Protect(
                name="reading_case_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.award}"


class ReadPage(models.Model):
    """One page or file that was given by a reading; `about` is what it is about, in words."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="pages")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reader_name = models.CharField("閲覧した人", max_length=100)
    label = models.CharField("行為", max_length=100)
    about = models.CharField("対象", max_length=300, blank=True)
    path = models.CharField(max_length=300)
    is_file = models.BooleanField("取り出した", default=False)
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "閲覧の記録"
        ordering = ["-read_at", "-id"]
        triggers = [
            pgtrigger.Protect(name="read_page_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.reader_name} {self.path}"
