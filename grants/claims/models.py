"""請求: what a body asks to be paid, into which account, and the payment that answered it."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from grants.changes.api import Statement
from grants.payments.api import Payment, PaymentKind
from portal.accounts.api import Organisation, User

from .querysets import AccountQuerySet, ClaimPaymentQuerySet, ClaimQuerySet
from .rules import masked
from .states import AccountKind


class Account(models.Model):
    """A bank account as a body named it once; another one is another row.

    What was sealed names it by its id, so nothing of it changes. Its text is masked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="accounts")
    bank_code = models.CharField("金融機関コード", max_length=4)
    bank_name = models.CharField("金融機関の名称", max_length=60)
    branch_code = models.CharField("店番号", max_length=3)
    branch_name = models.CharField("店の名称", max_length=60)
    kind = models.CharField("種別", max_length=1, choices=AccountKind.choices)
    number = models.CharField("口座番号", max_length=7)
    holder = models.CharField("口座名義（カナ）", max_length=30)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = "振込先の口座"
        constraints = [
            models.CheckConstraint(
                condition=Q(bank_code__regex=r"^\d{4}$")
                & Q(branch_code__regex=r"^\d{3}$")
                & Q(number__regex=r"^\d{7}$"),
                name="account_digits",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="account_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.branch_name} {self.masked_number}"

    @property
    def masked_number(self) -> str:
        return masked(self.number)


class Claim(Statement):
    """概算払（精算払）の請求 under one award; `amount` in yen.

    `account_is_copied` until its writer has looked at the account of the claim before.
    """

    kind = models.CharField("種類", max_length=10, choices=PaymentKind.choices)
    amount = models.PositiveBigIntegerField("今回の請求額", null=True)
    reason = models.TextField("資金需要の理由", blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="claims")
    account_is_copied = models.BooleanField(default=False)

    objects = ClaimQuerySet.as_manager()  # type: ignore[assignment]  # a statement's, and more

    # Yen; annotated by `with_payment()`.
    paid: int
    given_up_yen: int
    left: int

    class Meta:
        verbose_name = "概算払（精算払）の請求"

    @property
    def is_final(self) -> bool:
        return self.kind == PaymentKind.FINAL

    @property
    def is_paid(self) -> bool:
        """Nothing is left to pay. Of `with_payment()` alone."""
        return bool(self.paid or self.given_up_yen) and not self.left

    @property
    def is_paid_in_part(self) -> bool:
        """Something was paid and something is left. Of `with_payment()` alone."""
        return self.paid > 0 and self.left > 0


class ClaimMonth(models.Model):
    """Yen needed in one month: `contracted` is drawn from the contracts, `direct` is typed."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="months")
    uid = models.UUIDField(default=uuid.uuid4)
    month = models.DateField("月")
    contracted = models.PositiveBigIntegerField("委託先への支払", default=0)
    direct = models.PositiveBigIntegerField("直営の支出", null=True)
    purpose = models.CharField("使いみち", max_length=200, blank=True)

    class Meta:
        verbose_name = "月ごとの資金需要"
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["claim", "month"], name="claim_month_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def total(self) -> int:
        return self.contracted + (self.direct or 0)


class ClaimRest(models.Model):
    """残りの取りやめ: yen of an accepted claim that its body no longer asks for. Kept for ever."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="given_up")
    amount = models.PositiveBigIntegerField("取りやめた額")
    reason = models.TextField("取りやめる理由")
    given_up_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_up_by_name = models.CharField("取りやめた人", max_length=100)
    given_up_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "請求の残りの取りやめ"
        ordering = ["given_up_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(reason=""), name="claim_rest_has_reason"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="claim_rest_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.amount}"


class ClaimPayment(models.Model):
    """A payment that answered a claim, whole or in part; one that was taken back counts no more."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payments")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="claimed")

    objects = ClaimPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "請求に対する支払"
        triggers = [
            pgtrigger.Protect(
                name="claim_payment_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.payment}"
