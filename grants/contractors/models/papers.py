"""A paper that a contract gives rise to, sealed as it was made."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from portal.accounts.api import Organisation, User

from ..layouts import Layout
from ..querysets import LayoutQuerySet, PaperQuerySet
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


class PaperLayout(models.Model):
    """How a prefecture's papers of a kind look in a fiscal year, from the moment it was stated.

    Never changed: the newest counts, and a sealed paper carries the one that it was made in. `paper`
    is the key of a paper of `layouts`; empty texts and no parts mean the standard.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField("年度（西暦）")
    paper = models.CharField("書類", max_length=12)
    number = models.PositiveSmallIntegerField("版")
    addressee = models.CharField("宛名", max_length=100, blank=True)
    title = models.CharField("書類の名称", max_length=60, blank=True)
    form_number = models.CharField("様式の番号", max_length=40, blank=True)
    parts = ArrayField(models.CharField(max_length=30), verbose_name="載せる項目", default=list)
    boxes = ArrayField(models.CharField(max_length=10), verbose_name="承認欄", default=list)
    footnote = models.TextField("注記", blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField("決めた人", max_length=100)
    made_at = models.DateTimeField("決めた時刻", auto_now_add=True)

    objects = LayoutQuerySet.as_manager()

    class Meta:
        verbose_name = "書類の様式"
        ordering = ["-fiscal_year", "paper", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["grantee", "fiscal_year", "paper", "number"], name="layout_number_once"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="layout_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.paper}（第{self.number}版）"

    @property
    def layout(self) -> Layout:
        return Layout(
            self.addressee,
            self.title,
            self.form_number,
            tuple(self.parts),
            tuple(self.boxes),
            self.footnote,
            self.number,
        )
