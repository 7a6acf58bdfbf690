"""検査の資料: all papers of a case in one file, with an index and a list of hashes."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.awards.api import Award
from portal.accounts.api import Organisation, User

from .querysets import KitQuerySet
from .states import KitState


class Kit(models.Model):
    """`payload` says what goes in, as the one who asked may read it; `sha256` is the file's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="kits")
    payload = models.TextField()
    state = models.CharField(
        "状態", max_length=10, choices=KitState.choices, default=KitState.QUEUED
    )
    version = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField("求めた人", max_length=100)
    asked_in = models.CharField("求めた役割", max_length=20, default="")
    asked_at = models.DateTimeField("求めた日時", auto_now_add=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField("ファイルの識別値", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("大きさ", default=0)

    objects = KitQuerySet.as_manager()

    class Meta:
        verbose_name = "検査の資料"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=KitState.READY) | ~Q(sha256=""), name="kit_ready_has_file"
            )
        ]
        triggers = [pgtrigger.Protect(name="kit_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.grantee.name} {self.award.programme.year_label} 検査の資料"

    @property
    def grantee(self) -> Organisation:
        return self.award.grantee

    @property
    def entries(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.payload)["entries"]
        return found

    @property
    def is_ready(self) -> bool:
        """Its file may be gone again, with the papers of its case."""
        return self.state == KitState.READY and self.file != ""

    @property
    def file_name(self) -> str:
        return f"kit-{self.award.programme.fiscal_year}-{self.sha256[:12]}.zip"

    def get_absolute_url(self) -> str:
        return reverse("kits:award", args=[self.award_id])
