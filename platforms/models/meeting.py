"""What was talked about, agreed, and promised to one another."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.accounts.api import Organisation

from ..querysets import AgendaItemQuerySet, MeetingQuerySet, OfMeetingQuerySet
from ..states import MeetingKind, Side
from .member import Member
from .platform import Platform, WorkingGroup


class Meeting(models.Model):
    """Called together first (`starts_at`, `place`), and recorded when it was held."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(
        "会議の種別", max_length=20, choices=MeetingKind.choices, default=MeetingKind.GENERAL
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name="分科会",
    )
    number = models.PositiveSmallIntegerField("回")
    held_on = models.DateField("開催日")
    starts_at = models.TimeField("開始時刻", null=True, blank=True)
    ends_at = models.TimeField("終了時刻", null=True, blank=True)
    place = models.CharField("場所", max_length=200, blank=True)
    attendance_public = models.PositiveIntegerField("出席（行政）", default=0)
    attendance_private = models.PositiveIntegerField("出席（民間）", default=0)
    chair_side = models.CharField("座長", max_length=10, choices=Side.choices)
    problems = models.TextField("共有した課題", blank=True)
    note = models.TextField("議事の要旨", blank=True)
    is_public = models.BooleanField("公開する", default=False)
    notified_at = models.DateTimeField("開催を通知した時刻", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会議"
        constraints = [
            models.UniqueConstraint(fields=["platform", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False), name="meeting_end_has_start"
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}回会議"

    @property
    def attendance(self) -> int:
        return self.attendance_public + self.attendance_private

    @property
    def is_coming(self) -> bool:
        """Not held yet, or today and nobody counted yet."""
        return self.held_on >= timezone.localdate() and not self.attendance

    def get_absolute_url(self) -> str:
        return reverse("platforms:meeting", args=[self.pk])


class AgendaItem(models.Model):
    """What a plan can be grounded on (要領3(2), 4(2)). `member` where the proposer is one of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda_items")
    order = models.PositiveSmallIntegerField("議題")
    title = models.CharField("議題", max_length=200)
    proposed_by = models.CharField("提案した団体", max_length=200, blank=True)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    proposer_side = models.CharField(
        "提案者の官・民", max_length=10, choices=Side.choices, blank=True
    )
    problem = models.TextField("共有した課題", blank=True)
    agreement = models.TextField("合意したこと", blank=True)
    is_public = models.BooleanField("公開する", default=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "議題"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="agenda_order_once")
        ]

    def __str__(self) -> str:
        return f"第{self.meeting.number}回会議 議題{self.order}「{self.title}」"


class JointAction(models.Model):
    """What somebody takes on for all, and until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="joint_actions")
    order = models.PositiveSmallIntegerField()
    title = models.CharField("ともに取り組むこと", max_length=200)
    owner_name = models.CharField("担う団体", max_length=200)
    due_on = models.DateField("期日", null=True, blank=True)
    done_on = models.DateField("済んだ日", null=True, blank=True)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "ともに取り組むこと"

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return (
            self.done_on is None and self.due_on is not None and self.due_on < timezone.localdate()
        )


class Minutes(models.Model):
    """議事録 as it was when the paper was asked for; a later change of the meeting makes another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "議事録"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sha256"], name="minutes_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="minutes_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.meeting}議事録"

    @property
    def grantee(self) -> Organisation:
        """As papers name whose they are."""
        return self.meeting.platform.owner
