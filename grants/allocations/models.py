"""The year before the application: what is asked, and what each body says it will need."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse

from grants.filings.api import Filing
from grants.programmes.api import Programme
from portal.accounts.api import User

from .querysets import StatementQuerySet, SurveyQuerySet
from .states import SurveyKind

# Enough for any body, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class Survey(models.Model):
    """所要額調査 or 協議 of one round: what is asked of every body, and by when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="surveys")
    kind = models.CharField("種類", max_length=20, choices=SurveyKind.choices)
    round_number = models.PositiveSmallIntegerField("募集の回", default=1)
    due_on = models.DateField("回答の期限")
    questions = models.TextField("聞きたいこと", blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "所要額調査・協議"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "round_number", "kind"], name="survey_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme.year_label} {self.get_kind_display()}（第{self.round_number}回）"

    def get_absolute_url(self) -> str:
        return reverse("needs:survey", args=[self.pk])


class Statement(models.Model):
    """What a filing of 所要額調査 or 協議 says, as its writers type it; sealed when it is filed.

    `editors` may not approve it (four eyes, by person).
    """

    filing = models.OneToOneField(
        Filing, on_delete=models.PROTECT, related_name="statement", primary_key=True
    )
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="statements")
    contact_name = models.CharField("担当者", max_length=100, blank=True)
    contact_phone = models.CharField("電話番号", max_length=30, blank=True)
    answer = models.TextField("聞かれたことへの回答", blank=True)
    remarks = models.TextField("備考", blank=True)
    version = models.PositiveIntegerField(default=1)
    editors = models.ManyToManyField(User, related_name="+")
    carried_from = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "所要額"

    def __str__(self) -> str:
        return f"{self.filing}の所要額"

    @property
    def state(self) -> str:
        """Its filing's, which is the one that moves."""
        return self.filing.state


class StatementRow(models.Model):
    """One activity type: yen of total cost, other income, eligible cost and the wish; `count` of activities."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="rows")
    uid = models.UUIDField(default=uuid.uuid4)
    type_code = models.CharField("取組の種類", max_length=2)
    count = models.PositiveSmallIntegerField("取組の数", default=0)
    total = models.PositiveBigIntegerField("総事業費", default=0)
    income = models.PositiveBigIntegerField("寄附金その他の収入", default=0)
    eligible = models.PositiveBigIntegerField("対象経費", default=0)
    wish = models.PositiveBigIntegerField("希望額", default=0)

    class Meta:
        verbose_name = "取組ごとの所要額"
        constraints = [
            models.UniqueConstraint(fields=["statement", "type_code"], name="needs_type_once")
        ]

    def __str__(self) -> str:
        return f"{self.type_code} {self.wish}"
