"""仕入控除税額の報告: what each recipient of an award deducted of the tax that the grant paid."""

from __future__ import annotations

import uuid

from django.db import models

from grants.conditions.api import Condition, ReturnReport
from grants.conditions.api import Lessening as BaseLessening
from grants.contractors.api import Contractor
from grants.refunds.api import Ground

from .querysets import RowQuerySet
from .rules import PERCENTS, Bought, Declared
from .states import Correction, Method, Use


class InputTaxReport(ReturnReport):
    """Of all recipients of an award, or of those whose figure is known.

    One that `corrects` another follows a recipient's corrected return.
    """

    condition = Condition(
        "input_tax",
        "仕入控除税額",
        "適正化法7条3項（交付の条件）",
        Ground.INPUT_TAX,
        "確認の後に、修正申告や更正があった",
    )

    correction = models.CharField(
        "修正申告・更正の別", max_length=10, choices=Correction.choices, blank=True
    )
    corrected_on = models.DateField("修正申告・更正の日", null=True)

    class Meta:
        verbose_name = "仕入控除税額の報告"


class Lessening(BaseLessening):
    report = models.OneToOneField(
        InputTaxReport, on_delete=models.PROTECT, primary_key=True, related_name="lessening"
    )

    class Meta(BaseLessening.Meta):
        verbose_name = "仕入控除税額の減額の措置"


class RecipientTax(models.Model):
    """The body itself (no contractor) or a body that it subsidised under ⑦⑧; yen, tax included.

    `cost` is what the grant paid for, drawn from 額の確定 and from payments. The columns by rate and
    use divide it; `untaxed` is the rest. `returned` is the recipient's part of what was confirmed,
    `before` that of the report which this one corrects.
    """

    report = models.ForeignKey(InputTaxReport, on_delete=models.PROTECT, related_name="rows")
    uid = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveSmallIntegerField()
    contractor = models.ForeignKey(
        Contractor, on_delete=models.PROTECT, null=True, related_name="input_taxes"
    )
    name = models.CharField("名称", max_length=200)
    cost = models.PositiveBigIntegerField("対象経費")
    is_reported = models.BooleanField("今回報告する", default=True)
    has_filed = models.BooleanField("確定申告", null=True)
    tax_period = models.CharField("課税期間", max_length=60, blank=True)
    method = models.CharField("課税方式", max_length=20, choices=Method.choices, blank=True)
    taxed_sales = models.PositiveBigIntegerField("課税売上高", null=True)
    all_sales = models.PositiveBigIntegerField("売上高の合計", null=True)
    specified_income = models.PositiveBigIntegerField("特定収入", default=0)
    taxed_sales_10 = models.PositiveBigIntegerField("10％・課税売上対応", default=0)
    common_10 = models.PositiveBigIntegerField("10％・共通対応", default=0)
    other_10 = models.PositiveBigIntegerField("10％・非課税売上対応", default=0)
    taxed_sales_8 = models.PositiveBigIntegerField("8％・課税売上対応", default=0)
    common_8 = models.PositiveBigIntegerField("8％・共通対応", default=0)
    other_8 = models.PositiveBigIntegerField("8％・非課税売上対応", default=0)
    untaxed = models.PositiveBigIntegerField("消費税のかからないもの", default=0)
    note = models.CharField("備考", max_length=300, blank=True)
    before = models.PositiveBigIntegerField("前の報告で確認された額", null=True)
    returned = models.PositiveBigIntegerField("確認された額", null=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = "仕入控除税額"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "uid"], name="recipient_tax_uid_once"),
            models.UniqueConstraint(
                fields=["report", "contractor"],
                name="recipient_tax_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def declared(self) -> Declared:
        return Declared(
            name=self.name,
            is_body=self.contractor_id is None,
            cost=int(self.cost),
            has_filed=self.has_filed,
            method=self.method,
            costs={
                (percent, use): int(getattr(self, f"{use}_{percent}"))
                for percent in PERCENTS
                for use in Use.values
            },
            untaxed=int(self.untaxed),
            taxed_sales=self.taxed_sales,
            all_sales=self.all_sales,
            specified_income=int(self.specified_income),
            purchases=tuple(one.bought for one in self.purchases.all()),
        )


class Purchase(models.Model):
    """One purchase of a recipient, yen with its tax; `number` is the seller's 登録番号, if any."""

    row = models.ForeignKey(RecipientTax, on_delete=models.PROTECT, related_name="purchases")
    uid = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveSmallIntegerField()
    supplier = models.CharField("仕入先", max_length=200)
    number = models.CharField("登録番号", max_length=14, blank=True)
    bought_on = models.DateField("仕入れの日")
    percent = models.PositiveSmallIntegerField("税率", choices=[(p, f"{p}％") for p in PERCENTS])
    use = models.CharField("使いみち", max_length=12, choices=Use.choices)
    amount = models.PositiveBigIntegerField("額（税込み）")

    objects = models.Manager()

    class Meta:
        verbose_name = "仕入れ"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.supplier

    @property
    def bought(self) -> Bought:
        return Bought(
            self.supplier, self.number, self.bought_on, self.percent, self.use, int(self.amount)
        )
