"""収益状況報告: what a year after completion brought in, and what it cost."""

from __future__ import annotations

import uuid

from django.db import models

from grants.activities.api import get_activity_type
from grants.conditions.api import Condition, ReturnReport
from grants.conditions.api import Lessening as BaseLessening
from grants.refunds.api import Ground
from portal.core.dates import FiscalYear
from portal.documents.api import Document

from .querysets import LineQuerySet
from .states import Kind, Side


class IncomeReport(ReturnReport):
    """Of one fiscal year of the body, even where there was no income (`is_nothing`).

    `income` and `costs` are what was confirmed, in yen.
    """

    condition = Condition(
        "income",
        "収益状況",
        "適正化法7条2項（交付の条件）",
        Ground.INCOME,
        "確認の後に、収入や必要経費の誤りに気付いた",
    )

    fiscal_year = models.PositiveSmallIntegerField("報告する年度")
    is_nothing = models.BooleanField("収入はなかった", default=False)
    income = models.PositiveBigIntegerField("確認された収入", null=True)
    costs = models.PositiveBigIntegerField("確認された必要経費", null=True)

    class Meta:
        verbose_name = "収益状況報告"

    @property
    def year(self) -> FiscalYear:
        return FiscalYear(self.fiscal_year)


class Lessening(BaseLessening):
    report = models.OneToOneField(
        IncomeReport, on_delete=models.PROTECT, primary_key=True, related_name="lessening"
    )

    class Meta(BaseLessening.Meta):
        verbose_name = "収益納付の減額の措置"


class IncomeLine(models.Model):
    """One kind of income, or one cost that is deducted with its reason; yen, tax included.

    `activity` is the code of the platform or of one of ①–⑩; `evidence` one of the filing's files.
    """

    report = models.ForeignKey(IncomeReport, on_delete=models.PROTECT, related_name="lines")
    uid = models.UUIDField(default=uuid.uuid4)
    side = models.CharField("収入・必要経費の別", max_length=6, choices=Side.choices)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField("収入の種類", max_length=15, choices=Kind.choices, blank=True)
    activity = models.CharField("取組", max_length=2)
    what = models.CharField("内容", max_length=200)
    amount = models.PositiveBigIntegerField("金額")
    reason = models.CharField("控除する理由", max_length=300, blank=True)
    evidence = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "収入と必要経費"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "uid"], name="income_line_uid_once")
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def activity_title(self) -> str:
        return get_activity_type(self.activity).title
