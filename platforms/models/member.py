"""Who takes part in a platform: a body, never a person; and lists of them as they are sent."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.accounts.api import Organisation, User
from portal.documents.api import Document

from ..matching import name_key
from ..querysets import MemberQuerySet, OfPlatformQuerySet
from ..states import BodyKind, Field, LifeStage, Side
from .platform import Platform


class NameKeyField(models.CharField):
    """The `name` of the row as it is compared, kept beside it by every way of saving."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        key = name_key(model_instance.name)
        setattr(model_instance, self.attname, key)
        return key


class Member(models.Model):
    """A body that takes part. `left_on` keeps its history.

    `organisation` is the body as it signs in, where it was given an account. The contact is a
    person of the body: shown to its own prefecture alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("団体名", max_length=200)
    name_key = NameKeyField(max_length=200, editable=False, default="")
    corporate_number = models.CharField("法人番号", max_length=13, blank=True)
    side = models.CharField("官・民", max_length=10, choices=Side.choices)
    kind = models.CharField("団体の種別", max_length=20, choices=BodyKind.choices, blank=True)
    fields = ArrayField(
        models.CharField(max_length=20, choices=Field.choices),
        verbose_name="分野",
        default=list,
        blank=True,
    )
    field = models.CharField("活動の内容", max_length=100, blank=True)
    life_stages = ArrayField(
        models.CharField(max_length=20, choices=LifeStage.choices),
        verbose_name="対象のライフステージ",
        default=list,
        blank=True,
    )
    areas = ArrayField(
        models.CharField(max_length=40), verbose_name="活動する区域", default=list, blank=True
    )
    has_venue = models.BooleanField("居場所を開いている", default=False)
    representative = models.CharField("代表者", max_length=100, blank=True)
    contact_name = models.CharField("連絡担当者", max_length=100, blank=True)
    contact_email = models.EmailField("連絡先メールアドレス", blank=True)
    contact_phone = models.CharField("連絡先電話番号", max_length=30, blank=True)
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
        indexes = [
            models.Index(fields=["platform", "name", "joined_on"]),
            models.Index(fields=["platform", "name_key"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stage_labels(self) -> str:
        """«子ども、若者», in the order of a life."""
        return "、".join(stage.label for stage in LifeStage if stage in self.life_stages)

    @property
    def field_labels(self) -> str:
        return "、".join(one.label for one in Field if one in self.fields)


class MemberImport(models.Model):
    """A list of members as it was sent; what it would change is worked out anew each time.

    `side` and `joined_on` stand where the list has no such column.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="imports")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    joined_on = models.DateField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)

    objects = OfPlatformQuerySet.as_manager()

    class Meta:
        verbose_name = "参画団体の名簿"

    def __str__(self) -> str:
        return self.document.title

    def get_absolute_url(self) -> str:
        return reverse("platforms:import", args=[self.pk])
