"""A link of a chain below a contract, and what an invoice says was paid on to it. Amounts are yen."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.activities.api import get_activity_type
from grants.contractors.api import Contract, Contractor, ContractPaper, Invoice
from portal.accounts.api import User

from .querysets import PayeeQuerySet, SubcontractQuerySet
from .states import WRITABLE, Extent, LinkKind, LinkState


class Subcontract(models.Model):
    """再委託: work of a contract passed on to another body, below the contract or another link.

    `amount` is Σ of its shares. A change is another link that `replaces` this one. `begun_on` says
    that the work began before anybody asked. `is_offices_own`: the prefecture entered what came on
    paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="subcontracts")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    contractor = models.ForeignKey(
        Contractor, on_delete=models.PROTECT, related_name="subcontracts"
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    kind = models.CharField(
        "種別", max_length=10, choices=LinkKind.choices, default=LinkKind.CONTRACT
    )
    work = models.TextField("再委託する業務")
    reason = models.TextField("再委託する理由")
    amount = models.PositiveBigIntegerField("再委託する額")
    starts_on = models.DateField("期間の初日")
    ends_on = models.DateField("期間の末日")
    begun_on = models.DateField("承諾の前に始めた日", null=True, blank=True)
    is_offices_own = models.BooleanField(default=False)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=LinkState.choices, default=LinkState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    requested_on = models.DateField("承諾願の日", null=True, blank=True)
    consented_on = models.DateField("承諾の日", null=True, blank=True)
    document_number = models.CharField("承諾書の文書番号", max_length=60, blank=True)
    conditions = models.TextField("承諾の条件", blank=True)
    answer = models.TextField("差戻し、不承諾、取消しなどの理由", blank=True)
    closed_on = models.DateField("承諾が終わった日", null=True, blank=True)
    request_paper = models.ForeignKey(
        ContractPaper, on_delete=models.PROTECT, null=True, related_name="+"
    )
    consent_paper = models.ForeignKey(
        ContractPaper, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubcontractQuerySet.as_manager()

    class Meta:
        verbose_name = "再委託"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="subcontract_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state=LinkState.CONSENTED)
                | (Q(consented_on__isnull=False) & ~Q(document_number="")),
                name="subcontract_consent_has_day_and_number",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(state__in=(LinkState.REFUSED, LinkState.WITHDRAWN)),
                name="subcontract_one_change_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="subcontract_is_not_its_own_parent"
            ),
        ]
        indexes = [models.Index(fields=["state", "requested_on"])]

    def __str__(self) -> str:
        return f"{self.contractor.name}への{self.get_kind_display()}"

    @property
    def case_id(self) -> uuid.UUID:
        return self.contract.case_id

    @property
    def state_key(self) -> str:
        """Key of the chip; a link's words are its own."""
        return f"link_{self.state}"

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_in_force(self) -> bool:
        return self.state == LinkState.CONSENTED

    @property
    def asked_of(self) -> str:
        """Whose work it is that goes on."""
        return self.parent.contractor.name if self.parent else self.contract.contractor.name

    def get_absolute_url(self) -> str:
        return reverse("subcontracts:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("subcontracts:transition", args=[self.pk, name])


class SubcontractActivity(models.Model):
    """The platform or an activity of the contract, by its uid, on which the body works."""

    subcontract = models.ForeignKey(
        Subcontract, on_delete=models.CASCADE, related_name="activities"
    )
    activity_uid = models.UUIDField()
    type_code = models.CharField(max_length=2)
    name = models.CharField(max_length=200)
    extent = models.CharField("業務の範囲", max_length=5, choices=Extent.choices)

    class Meta:
        verbose_name = "再委託する取組"
        ordering = ["type_code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subcontract", "activity_uid"], name="subcontract_activity_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return get_activity_type(self.type_code).title


class SubcontractShare(models.Model):
    """How much of the link is paid out of one line of the contract, by the uid of the 積算内訳."""

    subcontract = models.ForeignKey(Subcontract, on_delete=models.CASCADE, related_name="shares")
    line_uid = models.UUIDField()
    item = models.CharField("細目", max_length=100)
    amount = models.PositiveBigIntegerField("再委託する額")

    class Meta:
        verbose_name = "再委託する額の内訳"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subcontract", "line_uid"], name="subcontract_share_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="subcontract_share_is_positive"),
        ]
        indexes = [models.Index(fields=["line_uid"])]

    def __str__(self) -> str:
        return self.item


class Payee(models.Model):
    """支払先の内訳: what of an invoice was paid on to another body, as the contractor tells it.

    Without a `link` it went to a body that no consent names; then `name` says to whom.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="payees")
    link = models.ForeignKey(
        Subcontract, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    name = models.CharField("承諾のない支払先", max_length=200, blank=True)
    line_uid = models.UUIDField()
    item = models.CharField("細目", max_length=100)
    amount = models.PositiveBigIntegerField("支払った額")
    paid_on = models.DateField("支払日")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(auto_now_add=True)

    objects = PayeeQuerySet.as_manager()

    class Meta:
        verbose_name = "支払先"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link__isnull=False) ^ ~Q(name=""), name="payee_is_one_body"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payee_amount_is_positive"),
        ]

    def __str__(self) -> str:
        return self.body_name

    @property
    def body_name(self) -> str:
        return self.link.contractor.name if self.link else self.name

    @property
    def is_without_consent(self) -> bool:
        link = self.link
        return link is None or link.consented_on is None or self.paid_on < link.consented_on
