"""地方版官民連携プラットフォーム (孤独・孤立対策推進法11条, 要領3(1)): its form and how it is run."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.accounts.api import Organisation

from ..querysets import OfPlatformQuerySet, PlatformQuerySet
from ..states import PlatformForm


class Platform(models.Model):
    """`established_on` empty: it is planned, `planned_on` says for when, milestones how.

    `joint_bodies` are those that set it up together with `owner`; `areas` are the parts of the
    prefecture that it looks at, as it names them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="platforms", verbose_name="設置主体"
    )
    name = models.CharField("名称", max_length=200)
    form = models.CharField("設置の形", max_length=20, choices=PlatformForm.choices)
    existing_body = models.CharField("使う会議体", max_length=200, blank=True)
    joint_bodies = ArrayField(
        models.CharField(max_length=100),
        verbose_name="共同で設置する団体",
        default=list,
        blank=True,
    )
    established_on = models.DateField("設置日", null=True, blank=True)
    planned_on = models.DateField("設置予定日", null=True, blank=True)
    secretariat = models.CharField("事務局", max_length=200, blank=True)
    contact = models.CharField("事務局の連絡先", max_length=200, blank=True)
    areas = ArrayField(
        models.CharField(max_length=40), verbose_name="区域", default=list, blank=True
    )
    practice = models.TextField("特色ある取組", blank=True)
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

    @property
    def is_planned(self) -> bool:
        return self.established_on is None


class WorkingGroup(models.Model):
    """分科会. One that has ended keeps its meetings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="working_groups")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("分科会", max_length=100)
    purpose = models.CharField("検討すること", max_length=300, blank=True)
    started_on = models.DateField("設置日", null=True, blank=True)
    ended_on = models.DateField("終了日", null=True, blank=True)

    objects = OfPlatformQuerySet.as_manager()

    class Meta:
        verbose_name = "分科会"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="group_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A step of the way to a platform that does not exist yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="milestones")
    order = models.PositiveSmallIntegerField()
    title = models.CharField("すること", max_length=200)
    due_on = models.DateField("予定日")
    done_on = models.DateField("済んだ日", null=True, blank=True)

    objects = OfPlatformQuerySet.as_manager()

    class Meta:
        verbose_name = "設置までの工程"

    def __str__(self) -> str:
        return self.title
