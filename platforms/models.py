"""地方版官民連携プラットフォーム (孤独・孤立対策推進法11条, 要領3(1)): who meets, and what about."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.accounts.api import Organisation

from .querysets import AgendaItemQuerySet, MeetingQuerySet, MemberQuerySet, PlatformQuerySet
from .states import LifeStage, PlatformForm, Side


class Platform(models.Model):
    """`established_on` empty: it is planned, `planned_on` says for when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="platforms", verbose_name="設置主体"
    )
    name = models.CharField("名称", max_length=200)
    form = models.CharField("設置の形", max_length=20, choices=PlatformForm.choices)
    existing_body = models.CharField("使う会議体", max_length=200, blank=True)
    established_on = models.DateField("設置日", null=True, blank=True)
    planned_on = models.DateField("設置予定日", null=True, blank=True)
    secretariat = models.CharField("事務局", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlatformQuerySet.as_manager()

    class Meta:
        verbose_name = "プラットフォーム"
        constraints = [
            models.CheckConstraint(
                condition=Q(form=PlatformForm.NEW) | ~Q(existing_body=""),
                name="platform_names_existing_body",
                violation_error_message="使う会議体の名称を入力してください（要領4(1)③）。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("platforms:detail", args=[self.pk])


class Member(models.Model):
    """A body that takes part. `left_on` keeps its history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="members")
    name = models.CharField("団体名", max_length=200)
    corporate_number = models.CharField("法人番号", max_length=13, blank=True)
    side = models.CharField("官・民", max_length=10, choices=Side.choices)
    field = models.CharField("分野", max_length=100, blank=True)
    life_stages = ArrayField(
        models.CharField(max_length=20, choices=LifeStage.choices),
        verbose_name="対象のライフステージ",
        default=list,
        blank=True,
    )
    joined_on = models.DateField("参画日")
    left_on = models.DateField("退会日", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "参画団体"
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="member_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stage_labels(self) -> str:
        """«子ども、若者», in the order of a life."""
        return "、".join(stage.label for stage in LifeStage if stage in self.life_stages)


class Meeting(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField("回")
    held_on = models.DateField("開催日")
    attendance_public = models.PositiveIntegerField("出席（行政）", default=0)
    attendance_private = models.PositiveIntegerField("出席（民間）", default=0)
    chair_side = models.CharField("座長", max_length=10, choices=Side.choices)
    note = models.TextField("議事の要旨", blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会議"
        constraints = [
            models.UniqueConstraint(fields=["platform", "number"], name="meeting_number_once")
        ]

    def __str__(self) -> str:
        return f"第{self.number}回会議"

    @property
    def attendance(self) -> int:
        return self.attendance_public + self.attendance_private

    def get_absolute_url(self) -> str:
        return reverse("platforms:meeting", args=[self.pk])


class AgendaItem(models.Model):
    """What a plan can be grounded on (要領3(2), 4(2))."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda_items")
    order = models.PositiveSmallIntegerField("議題")
    title = models.CharField("議題", max_length=200)
    proposed_by = models.CharField("提案した団体", max_length=200, blank=True)
    proposer_side = models.CharField(
        "提案者の官・民", max_length=10, choices=Side.choices, blank=True
    )
    agreement = models.TextField("合意したこと", blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "議題"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="agenda_order_once")
        ]

    def __str__(self) -> str:
        return f"第{self.meeting.number}回会議 議題{self.order}「{self.title}」"
