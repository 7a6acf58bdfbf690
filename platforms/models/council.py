"""孤独・孤立対策地域協議会 (法15条): who is in it. Nothing of its cases is kept anywhere here."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.accounts.api import Organisation

from ..querysets import CouncilQuerySet, OathQuerySet, OfCouncilQuerySet
from ..states import BodyKind


class Council(models.Model):
    """Set up alone, or together with `joint_bodies`; `notice_…` is the 公示 (法15条, 施行規則)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="councils", verbose_name="設置主体"
    )
    name = models.CharField("名称", max_length=200)
    joint_bodies = ArrayField(
        models.CharField(max_length=100),
        verbose_name="共同で設置する団体",
        default=list,
        blank=True,
    )
    established_on = models.DateField("設置日")
    notice_on = models.DateField("公示日", null=True, blank=True)
    notice_number = models.CharField("公示の番号", max_length=60, blank=True)
    notice_method = models.CharField("公示の方法", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = "地域協議会"
        constraints = [
            models.CheckConstraint(
                condition=Q(notice_on=None, notice_number="")
                | (Q(notice_on__isnull=False) & ~Q(notice_number="")),
                name="council_notice_has_day_and_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("platforms:council", args=[self.pk])


class CouncilBody(models.Model):
    """構成機関等; at most one of them is 調整機関 (法17条)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="bodies")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("構成機関等", max_length=200)
    kind = models.CharField("種別", max_length=20, choices=BodyKind.choices)
    is_coordinator = models.BooleanField("調整機関", default=False)
    left_on = models.DateField("抜けた日", null=True, blank=True)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        verbose_name = "構成機関等"
        constraints = [
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(is_coordinator=True, left_on=None),
                name="council_one_coordinator",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Oath(models.Model):
    """Who works for the council has sworn secrecy (法18条), which outlasts the work."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(CouncilBody, on_delete=models.PROTECT, related_name="oaths")
    order = models.PositiveSmallIntegerField()
    person_name = models.CharField("氏名", max_length=100)
    sworn_on = models.DateField("誓約日")
    ended_on = models.DateField("従事を終えた日", null=True, blank=True)

    objects = OathQuerySet.as_manager()

    class Meta:
        verbose_name = "守秘の誓約"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("sworn_on")),
                name="oath_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}の誓約"
