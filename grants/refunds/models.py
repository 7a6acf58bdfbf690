"""返還命令, what came back because of it, and what of the interest was forgiven."""

from __future__ import annotations

import json
import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.awards.api import Award
from portal.accounts.api import Organisation, User

from .querysets import GivingBackQuerySet, LoweringQuerySet, OrderQuerySet, RepaymentQuerySet
from .rules import act_of
from .states import Ground, Interest, OrderState


class RefundOrder(models.Model):
    """適正化法18条: `amount` yen of the grant come back by `due_on`; `payload` is what the order says.

    `notice_number` is that of the 納入告知, by which the accounts know it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="refund_orders")
    ground = models.CharField("根拠", max_length=15, choices=Ground.choices)
    amount = models.PositiveBigIntegerField("返還額")
    reason = models.TextField("理由")
    due_on = models.DateField("納期日")
    document_number = models.CharField("文書番号", max_length=80)
    issued_on = models.DateField("命令の日")
    notice_number = models.CharField("納入告知番号", max_length=60, blank=True)
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ordered_by_name = models.CharField("命じた人", max_length=100)
    arrived_at = models.DateTimeField("到達", auto_now_add=True)
    state = models.CharField(max_length=20, choices=OrderState.choices, default=OrderState.ORDERED)
    version = models.PositiveIntegerField(default=1)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "返還命令"
        ordering = ["issued_on", "arrived_at"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="refund_has_reason"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="refund_kept", exclude=["state", "version"]),
            pgtrigger.Protect(name="refund_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.act}命令（{self.document_number}）"

    @property
    def act(self) -> str:
        """«返還», or «納付» of income (適正化法7条2項): the word on its paper and its pages."""
        return act_of(self.ground)

    @property
    def grantee(self) -> Organisation:
        return self.award.grantee

    @property
    def grantee_id(self) -> uuid.UUID:
        found: uuid.UUID = self.award.grantee_id
        return found

    @property
    def case_id(self) -> uuid.UUID:
        return self.award.case_id

    @property
    def lowered(self) -> int:
        """Yen that decisions took off it, since it was made."""
        return sum(int(one.amount) for one in self.lowerings.all())

    @property
    def due(self) -> int:
        """Yen of principal that come back: what was ordered, less what was taken off."""
        return int(self.amount) - self.lowered

    @property
    def over(self) -> int:
        """Yen that were paid above what is due, and go back to the body."""
        return sum(int(one.over) for one in self.lowerings.all())

    @property
    def claim_key(self) -> str:
        """The claim that it is an order on, as its payload keeps it; by its ground where it keeps none."""
        return str(json.loads(self.payload).get("claim") or key_by_ground(self.ground))

    def get_absolute_url(self) -> str:
        return reverse("refunds:order", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("refunds:transition", args=[self.pk, name])


class Repayment(models.Model):
    """One payment of the body to the state: yen, and the day it was paid."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(RefundOrder, on_delete=models.PROTECT, related_name="repayments")
    amount = models.PositiveBigIntegerField("納付額")
    paid_on = models.DateField("納付の日")
    reference = models.CharField("領収済の番号", max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField("記録した人", max_length=100)
    recorded_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField("取り消した時刻", null=True)
    undo_reason = models.TextField("取り消した理由", blank=True)

    objects = RepaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "納付"
        ordering = ["paid_on", "recorded_at"]
        triggers = [
            pgtrigger.ReadOnly(name="repayment_kept", exclude=["undone_at", "undo_reason"]),
            pgtrigger.Protect(name="repayment_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.order} 納付 {self.paid_on}"

    @property
    def is_notified(self) -> bool:
        """Whether the interest was notified on the strength of it."""
        notice = notice_on(self.order)
        return notice is not None and self.recorded_at <= notice.arrived_at


class Lowering(models.Model):
    """返還額の減額: a dated decision that less comes back than was ordered, `amount` yen; its paper says so.

    `over` are the yen that had been paid above what is left, interest counted: they go back to the body.
    Of orders beside the amount alone: what follows from 額の確定 or a revocation is no figure of a report.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(RefundOrder, on_delete=models.PROTECT, related_name="lowerings")
    amount = models.PositiveBigIntegerField("減らす額")
    over = models.PositiveBigIntegerField("都道府県に返す額", default=0)
    reason = models.TextField("理由")
    document_number = models.CharField("文書番号", max_length=80)
    issued_on = models.DateField("施行日")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_by_name = models.CharField("決めた人", max_length=100)
    arrived_at = models.DateTimeField("到達", auto_now_add=True)

    objects = LoweringQuerySet.as_manager()

    class Meta:
        verbose_name = "返還額の減額"
        ordering = ["arrived_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(reason=""), name="lowering_of_something"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="lowering_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.order} 減額（{self.document_number}）"

    @property
    def grantee(self) -> Organisation:
        return self.order.grantee

    @property
    def given_back(self) -> GivingBack | None:
        """The record that `over` went back to the body; None as long as it did not, or owes nothing."""
        return next((one for one in self.givings.all() if one.undone_at is None), None)


class GivingBack(models.Model):
    """払い戻し: the state gave the body back, whole and on one day, what was paid above a lowered order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lowering = models.ForeignKey(Lowering, on_delete=models.PROTECT, related_name="givings")
    paid_on = models.DateField("払い戻した日")
    reference = models.CharField("支払の番号", max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField("記録した人", max_length=100)
    recorded_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField("取り消した時刻", null=True)
    undo_reason = models.TextField("取り消した理由", blank=True)

    objects = GivingBackQuerySet.as_manager()

    class Meta:
        verbose_name = "払い戻し"
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["lowering"], condition=Q(undone_at=None), name="given_back_once"
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="giving_back_kept", exclude=["undone_at", "undo_reason"]),
            pgtrigger.Protect(name="giving_back_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.lowering} 払い戻し {self.paid_on}"


class Exemption(models.Model):
    """免除 (適正化法19条3項): a decision of its own, for a reason that could not be helped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(RefundOrder, on_delete=models.PROTECT, related_name="exemptions")
    kind = models.CharField("種類", max_length=10, choices=Interest.choices)
    amount = models.PositiveBigIntegerField("免除額")
    reason = models.TextField("やむを得ない事情")
    document_number = models.CharField("文書番号", max_length=80)
    decided_on = models.DateField("決裁日")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=100)

    class Meta:
        verbose_name = "加算金・延滞金の免除"
        ordering = ["decided_on", "id"]
        triggers = [
            pgtrigger.Protect(name="exemption_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.get_kind_display()}の免除"


class InterestNotice(models.Model):
    """加算金・延滞金の通知: counted when the refund was paid whole, line by line; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.OneToOneField(
        RefundOrder, on_delete=models.PROTECT, related_name="interest_notice"
    )
    additional = models.PositiveBigIntegerField("加算金")
    late = models.PositiveBigIntegerField("延滞金")
    document_number = models.CharField("文書番号", max_length=80)
    issued_on = models.DateField("施行日")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField("到達", auto_now_add=True)

    class Meta:
        verbose_name = "加算金・延滞金の通知"
        triggers = [
            pgtrigger.Protect(
                name="interest_notice_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.order} 加算金・延滞金"

    @property
    def grantee(self) -> Organisation:
        return self.order.grantee


def key_by_ground(ground: str) -> str:
    """For an order that was made before orders kept the claim they answer."""
    return f"ground:{ground}"


def notice_on(order: RefundOrder) -> InterestNotice | None:
    """None as long as the interest was not notified."""
    found: InterestNotice | None = getattr(order, "interest_notice", None)
    return found
