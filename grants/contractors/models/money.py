"""From a line of the plan to a payment, and back: 充当, 請求, 検査, 支払. Amounts are yen."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.accounts.api import User

from ..querysets import AcceptanceQuerySet, ContractLineQuerySet, FundingQuerySet, InvoiceQuerySet
from ..states import (
    AcceptanceKind,
    AcceptanceResult,
    FundingKind,
    FundingStage,
    InvoiceKind,
    InvoiceState,
)
from .contracts import Contract


def _kept(name: str) -> pgtrigger.Protect:
    """What was recorded stays; a later row says otherwise."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class ContractLine(models.Model):
    """充当: how much of the contract falls on one 積算内訳 of the plan, by the line's uid.

    `item` and `category_code` are as the plan had them on that day. `unit` and `unit_price` are
    those of a contract by unit price, and `measure` which number of the months' records its quantity
    is: chosen once by a person, empty until then.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="lines")
    line_uid = models.UUIDField()
    activity_uid = models.UUIDField()
    category_code = models.CharField("節", max_length=2)
    item = models.CharField("細目", max_length=100)
    amount = models.PositiveBigIntegerField("充当額")
    unit = models.CharField("単位", max_length=20, blank=True)
    unit_price = models.PositiveBigIntegerField("単価", null=True, blank=True)
    measure = models.CharField("数量とする実績", max_length=80, blank=True)

    objects = ContractLineQuerySet.as_manager()

    class Meta:
        verbose_name = "契約額の充当"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "line_uid"], name="contract_line_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="contract_line_amount_is_positive"
            ),
        ]
        indexes = [models.Index(fields=["line_uid"])]

    def __str__(self) -> str:
        return self.item


class Invoice(models.Model):
    """請求: what is asked for under a contract, and when it was paid. `amount` is Σ of its lines.

    The contractor makes it here, or the prefecture enters one that came on paper
    (`is_offices_own`); until it is billed it is the affair of who writes it. `covers_from` and
    `covers_until` are the first days of the first and last month that a contract by unit price is
    billed for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField("種類", max_length=10, choices=InvoiceKind.choices)
    number = models.CharField("請求書の番号", max_length=60, blank=True)
    billed_on = models.DateField("請求日")
    amount = models.PositiveBigIntegerField("請求額")
    tax_amount = models.PositiveBigIntegerField("うち消費税等", default=0)
    note = models.TextField("摘要", blank=True)
    covers_from = models.DateField("対象の最初の月", null=True)
    covers_until = models.DateField("対象の最後の月", null=True)
    is_offices_own = models.BooleanField(default=False)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=InvoiceState.choices, default=InvoiceState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    return_reason = models.TextField("差し戻した理由", blank=True)
    paid_on = models.DateField("支払日", null=True, blank=True)
    voucher_number = models.CharField("支出命令の番号", max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "請求"
        ordering = ["-billed_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=InvoiceState.PAID) | Q(paid_on__isnull=False),
                name="invoice_paid_has_day",
            ),
            models.CheckConstraint(
                condition=Q(tax_amount__lte=models.F("amount")), name="invoice_tax_within_amount"
            ),
            models.CheckConstraint(
                condition=Q(covers_from__isnull=True, covers_until__isnull=True)
                | Q(
                    covers_from__isnull=False,
                    covers_until__isnull=False,
                    covers_until__gte=models.F("covers_from"),
                ),
                name="invoice_months_in_order",
            ),
        ]
        indexes = [models.Index(fields=["state", "paid_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}の請求（{self.contract.title}）"

    @property
    def case_id(self) -> uuid.UUID:
        return self.contract.case_id

    @property
    def state_key(self) -> str:
        """Key of the chip; an invoice's words are its own."""
        return f"invoice_{self.state}"

    def get_absolute_url(self) -> str:
        return reverse("contractors:invoice", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("contractors:invoice_transition", args=[self.pk, name])


class InvoiceLine(models.Model):
    """What of the invoice falls on one line of the contract; `quantity` by unit price alone."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    contract_line = models.ForeignKey(
        ContractLine, on_delete=models.PROTECT, related_name="invoiced"
    )
    amount = models.PositiveBigIntegerField("金額")
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=3, null=True)

    class Meta:
        verbose_name = "請求の内訳"
        ordering = ["contract_line_id"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "contract_line"], name="invoice_line_once")
        ]

    def __str__(self) -> str:
        return self.contract_line.item


class Acceptance(models.Model):
    """検査調書 (地方自治法234条の2): what was found good, by whom, and what it is worth.

    Of an indirect subsidy it is the 額の確定, on the 実績報告 that came on `reported_on`.
    A mistaken one stays; the one that `replaces` it counts in its stead.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="acceptances")
    kind = models.CharField("検査の種類", max_length=12, choices=AcceptanceKind.choices)
    result = models.CharField("結果", max_length=10, choices=AcceptanceResult.choices)
    inspected_on = models.DateField("検査日")
    reported_on = models.DateField("実績報告を受けた日", null=True)
    inspector = models.CharField("検査員", max_length=100)
    attended_by = models.CharField("立会者", max_length=100, blank=True)
    amount = models.PositiveBigIntegerField("合格とした額")
    findings = models.TextField("検査の内容と所見")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = "検査調書"
        ordering = ["-inspected_on", "-id"]
        triggers = [_kept("acceptance_kept")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result=AcceptanceResult.PASSED) | Q(amount=0),
                name="acceptance_rework_is_worth_nothing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.contract}）"

    @property
    def result_key(self) -> str:
        """Key of the chip."""
        return "met" if self.result == AcceptanceResult.PASSED else "warning"


class FundingDeclaration(models.Model):
    """要領4(3): whether other money pays for the same expense; asked at the start and at the end.

    The newest of a stage counts. Without items it says that there is none.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="declarations")
    stage = models.CharField("時点", max_length=10, choices=FundingStage.choices)
    declared_on = models.DateField("申告日")
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_by_name = models.CharField("申告した者", max_length=100)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = FundingQuerySet.as_manager()

    class Meta:
        verbose_name = "他の資金の申告"
        ordering = ["-recorded_at", "-id"]
        triggers = [_kept("funding_kept")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}の申告（{self.contract}）"


class FundingItem(models.Model):
    declaration = models.ForeignKey(
        FundingDeclaration, on_delete=models.PROTECT, related_name="items"
    )
    contract_line = models.ForeignKey(ContractLine, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("種類", max_length=10, choices=FundingKind.choices)
    name = models.CharField("名称", max_length=100)
    amount = models.PositiveBigIntegerField("金額")

    class Meta:
        verbose_name = "他の資金"
        ordering = ["id"]
        triggers = [_kept("funding_item_kept")]

    def __str__(self) -> str:
        return self.name


class ContractChange(models.Model):
    """変更契約: what was agreed anew. `before` and `after` hold amount, last day and 充当 by uid."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField("回")
    signed_on = models.DateField("変更契約の日")
    reason = models.TextField("変更の理由")
    before = models.JSONField()
    after = models.JSONField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "変更契約"
        ordering = ["number"]
        triggers = [_kept("change_kept")]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="change_number_once")
        ]

    def __str__(self) -> str:
        return f"第{self.number}回変更（{self.contract}）"
