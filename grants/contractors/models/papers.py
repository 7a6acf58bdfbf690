"""A paper that a contract gives rise to, sealed as it was made."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.urls import reverse

from portal.accounts.api import User

from ..querysets import PaperQuerySet
from ..states import PaperKind
from .contracts import Contract


class ContractPaper(models.Model):
    """`payload` is canonical JSON of all that is printed; `number` counts a contract's papers of a kind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField("種類", max_length=12, choices=PaperKind.choices)
    number = models.PositiveSmallIntegerField("番号")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField("作成者", max_length=100)
    made_at = models.DateTimeField("作成", auto_now_add=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "契約の書類"
        ordering = ["-made_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "kind", "number"], name="paper_number_once")
        ]
        triggers = [
            pgtrigger.Protect(name="paper_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（第{self.number}号）"

    @property
    def content(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.payload)
        return found

    def get_absolute_url(self) -> str:
        return reverse("contractors:paper", args=[self.pk])
