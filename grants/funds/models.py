"""What the state may spend in a year, and files of the accounting system."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.programmes.api import Programme
from portal.accounts.api import User
from portal.documents.api import Document

from .querysets import FundRecordQuerySet, OfficeQuerySet
from .states import Step


class FundYear(models.Model):
    """One row a year: whoever records a step or a payment locks it, last of all locks."""

    programme = models.OneToOneField(
        Programme, on_delete=models.PROTECT, primary_key=True, related_name="fund_year"
    )

    class Meta:
        verbose_name = "年度の支出"

    def __str__(self) -> str:
        return f"{self.programme}"


class FundRecord(models.Model):
    """予算成立, 示達 or 支出負担行為 in yen, as the register has it; rows are added and never changed.

    A wrong one is corrected by another row with a reason, which stands in its place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="fund_records")
    step = models.CharField("段階", max_length=15, choices=Step.choices)
    acted_on = models.DateField("行為の日")
    document_number = models.CharField("文書番号", max_length=60)
    amount = models.PositiveBigIntegerField("額")
    note = models.CharField("摘要", max_length=200, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    reason = models.TextField("訂正の理由", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField("記録した人", max_length=100)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = FundRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "予算・示達・支出負担行為"
        ordering = ["acted_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None, amount__gt=0)
                | Q(corrects__isnull=False) & ~Q(reason=""),
                name="fund_correction_has_reason",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="fund_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.document_number}"

    def get_absolute_url(self) -> str:
        return f"{reverse('funds:year')}?year={self.programme.fiscal_year}"


class AccountsFile(models.Model):
    """A file of the accounting system, to be compared with the payments of a year; kept by its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="accounts_files"
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_by_name = models.CharField("選んだ人", max_length=100)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "会計の記録のファイル"
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.programme.year_label} {self.document.title}"

    def get_absolute_url(self) -> str:
        return reverse("funds:compared", args=[self.pk])
