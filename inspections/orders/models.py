"""措置の命令: what the Cabinet Office orders of a body, its notice, and how it was kept."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from grants.awards.api import Award
from grants.revocations.api import Revocation
from inspections.findings.api import Finding
from inspections.visits.api import Visit
from portal.accounts.api import Organisation, User
from portal.core.actor import Actor

from .querysets import OrderQuerySet
from .rules import ARTICLES, is_by_law, is_overdue
from .states import SETTLED, Basis, OrderKind, OrderState


class Order(models.Model):
    """Of one award, from its findings or alone. `follows` is the order that was not kept (13条2項).

    `appeal_until` is the last day of 適正化法25条, empty for an order under 要領5(2) alone. `report`
    is what the body writes of its compliance until it is reported; what it attaches are documents
    of this row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="inspection_orders")
    findings = models.ManyToManyField(Finding, verbose_name="もとになる指摘", related_name="orders")
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )
    kind = models.CharField("種類", max_length=12, choices=OrderKind.choices)
    basis = models.CharField("根拠", max_length=10, choices=Basis.choices)
    title = models.CharField("件名", max_length=100)
    content = models.TextField("命ずる事項")
    reason = models.TextField("理由")
    due_on = models.DateField("履行の期限")
    state = models.CharField(
        "状態", max_length=12, choices=OrderState.choices, default=OrderState.DRAFTED
    )
    version = models.PositiveIntegerField(default=1)
    # Whoever had a hand in the draft; none of them issues it.
    editors = models.ManyToManyField(User, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    document_number = models.CharField("文書番号", max_length=80, blank=True)
    decided_on = models.DateField("決裁日", null=True)
    issued_on = models.DateField("施行日", null=True)
    appeal_until = models.DateField("不服の申出の期限", null=True)
    report = models.TextField("行った措置", blank=True)
    again_reason = models.TextField("再度の報告を求めた理由", blank=True)
    check_note = models.TextField("確認したこと", blank=True)
    revocation = models.OneToOneField(
        Revocation, on_delete=models.PROTECT, null=True, related_name="order"
    )

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "措置の命令"
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="order_has_reason"),
            models.CheckConstraint(
                condition=Q(state__in=(OrderState.DRAFTED, OrderState.DROPPED))
                | Q(issued_on__isnull=False),
                name="order_issued_has_day",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.SUSPEND, kind=OrderKind.SUSPEND, follows__isnull=False)
                | (~Q(basis=Basis.SUSPEND) & ~Q(kind=OrderKind.SUSPEND) & Q(follows__isnull=True)),
                name="order_suspension_follows_another",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.GUIDELINE) | Q(appeal_until__isnull=True),
                name="order_under_guideline_has_no_appeal",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.ESCALATED) | Q(revocation__isnull=False),
                name="order_escalated_has_revocation",
            ),
        ]
        triggers = [pgtrigger.Protect(name="order_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"措置の命令「{self.title}」"

    @property
    def grantee(self) -> Organisation:
        return self.award.grantee

    @property
    def grantee_id(self) -> uuid.UUID:
        found: uuid.UUID = self.award.grantee_id
        return found

    @property
    def is_by_law(self) -> bool:
        return is_by_law(self.basis)

    @property
    def article(self) -> str:
        """«適正化法16条1項、要領5(2)»"""
        return ARTICLES[self.basis]

    @property
    def is_suspension(self) -> bool:
        return self.basis == Basis.SUSPEND

    @property
    def asks_another_report(self) -> bool:
        """A corrected project is reported on again (適正化法16条2項, 14条)."""
        return self.basis == Basis.CORRECT

    @property
    def can_be_followed(self) -> bool:
        """Not kept, a suspension may be ordered after it (適正化法13条2項)."""
        return self.basis == Basis.PERFORM and self.state == OrderState.NOT_COMPLIED

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.state, self.due_on, timezone.localdate())

    def is_of_team(self, actor: Actor) -> bool:
        """Whether this human being was of a visit that the order comes from."""
        inspected = Visit.objects.inspected_by(actor).filter(findings__orders=self)
        return bool(actor.user_id is not None and inspected.exists())

    def get_absolute_url(self) -> str:
        return reverse("orders:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("orders:transition", args=[self.pk, name])


class OrderReport(models.Model):
    """履行の報告 as it was received: another one is another row."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField("回")
    report = models.TextField("行った措置")
    reported_at = models.DateTimeField("報告")
    reported_by_name = models.CharField("報告した人", max_length=100)

    class Meta:
        verbose_name = "履行の報告"
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="order_report_number_once"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="order_report_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"第{self.number}回の報告"


class OrderNotice(models.Model):
    """命令書: `payload` is what it says, for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="notice")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)

    class Meta:
        verbose_name = "命令書"
        triggers = [
            pgtrigger.Protect(
                name="order_notice_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"命令書（{self.order.document_number}）"

    @property
    def grantee(self) -> Organisation:
        return self.order.grantee
