"""What was chosen to be inspected in a year; what was drawn for a visit, and by which seed."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.urls import reverse

from grants.awards.api import Award
from grants.contractors.api import Contract
from inspections.visits.api import Visit
from portal.accounts.api import Organisation, User

from .querysets import DrawQuerySet, TargetQuerySet
from .rules import Design, Line


class Draw(models.Model):
    """`payload` is canonical JSON of all lines (key, words, yen) and of the keys drawn, for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField("回")
    largest = models.PositiveSmallIntegerField("金額の大きいものの件数")
    count = models.PositiveSmallIntegerField("無作為の件数")
    by_amount = models.BooleanField("金額に比例させる")
    seed = models.CharField("種", max_length=64)
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_by_name = models.CharField("抽出した人", max_length=100)
    drawn_at = models.DateTimeField("抽出", auto_now_add=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = "抽出"
        ordering = ["visit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="draw_number_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="draw_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"第{self.number}回の抽出"

    @property
    def grantee(self) -> Organisation:
        return self.visit.grantee

    @property
    def content(self) -> dict[str, Any]:
        if "_content" not in self.__dict__:
            self.__dict__["_content"] = json.loads(self.payload)
        found: dict[str, Any] = self.__dict__["_content"]
        return found

    @property
    def lines(self) -> list[Line]:
        return [Line(key, amount) for key, _, amount in self.content["lines"]]

    @property
    def design(self) -> Design:
        return Design(self.largest, self.count, self.by_amount)

    @property
    def method(self) -> str:
        """As it stands in the record of the visit."""
        way = "金額に比例した無作為" if self.by_amount else "無作為"
        return f"金額の大きい{self.largest}件と、{way}の{self.count}件（種 {self.seed}）"

    def get_absolute_url(self) -> str:
        return reverse("sampling:draw", args=[self.pk])


class Target(models.Model):
    """年間計画: a body, or one contract of it, that is to be inspected, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="inspection_targets")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, related_name="inspection_targets"
    )
    reason = models.CharField("選んだ理由", max_length=300)
    chosen_by_name = models.CharField("選んだ人", max_length=100)
    chosen_at = models.DateTimeField("選んだ日時", auto_now_add=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "検査の年間計画"
        ordering = ["chosen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "contract"], nulls_distinct=False, name="target_once"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="target_has_reason"),
        ]

    def __str__(self) -> str:
        whose = self.award.grantee.name
        return f"{whose}　{self.contract.title}" if self.contract else whose

    def get_absolute_url(self) -> str:
        return reverse("sampling:award", args=[self.award_id])
