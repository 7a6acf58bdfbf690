"""The entry of a platform in the directory: who sees it, and what of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse

from ..querysets import ListingQuerySet
from ..sharing import FIELDS, shown_fields
from ..states import Audience
from .platform import Platform


def _audience(label: str) -> models.CharField[str, str]:
    return models.CharField(label, max_length=20, choices=Audience.choices, default=Audience.OWN)


class Listing(models.Model):
    """Nothing is shown to others until the prefecture chooses it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.OneToOneField(Platform, on_delete=models.PROTECT, related_name="listing")
    audience = _audience("一覧に載せる範囲")
    secretariat = _audience("事務局と連絡先")
    areas = _audience("区域")
    practice = _audience("特色ある取組")
    figures = _audience("参画団体の数、分野とライフステージ")
    members = _audience("参画団体の名称")
    meetings = _audience("公開とした会議と議題")
    version = models.PositiveIntegerField(default=0)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = "一覧への掲載"

    def __str__(self) -> str:
        return str(self.platform)

    def get_absolute_url(self) -> str:
        return reverse("platforms:entry", args=[self.pk])

    def shown_to(self, reader: Audience) -> frozenset[str]:
        return shown_fields({name: getattr(self, name) for name in FIELDS}, self.audience, reader)
