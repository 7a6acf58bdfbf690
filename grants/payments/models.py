"""What the state paid to a body under its award, as the accounts have it."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.urls import reverse

from grants.awards.api import Award
from portal.accounts.api import User

from .querysets import PaymentQuerySet
from .states import PaymentKind


class Payment(models.Model):
    """`amount` in yen, `paid_on` the day the body received it, from which 加算金 would run.

    A wrong record is taken back for a reason and stays readable; nothing else of it changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField("種類", max_length=10, choices=PaymentKind.choices)
    amount = models.PositiveBigIntegerField("支払額")
    paid_on = models.DateField("支払日")
    reference = models.CharField("支出決定の番号", max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField("記録した人", max_length=100)
    recorded_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField("取り消した時刻", null=True)
    undo_reason = models.TextField("取り消した理由", blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "国からの支払"
        ordering = ["paid_on", "recorded_at"]
        triggers = [
            pgtrigger.ReadOnly(name="payment_kept", exclude=["undone_at", "undo_reason"]),
            pgtrigger.Protect(name="payment_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.award.grantee} {self.get_kind_display()}"

    @property
    def case_id(self) -> uuid.UUID:
        return self.award.case_id

    def get_absolute_url(self) -> str:
        """The page of the award's money; its name is known, its package is higher."""
        return reverse("settlements:award", args=[self.award_id])
