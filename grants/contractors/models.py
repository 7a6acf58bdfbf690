"""Contractors of a prefecture, the checks that let them be one, their contracts and people."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.activities.api import get_activity_type
from grants.awards.api import Award
from portal.access.api import CONTRACTOR, Role
from portal.accounts.api import Invitation, Organisation, User
from portal.documents.api import Document

from .querysets import ContractorQuerySet, ContractPersonQuerySet, ContractQuerySet
from .rules import Finding, months_between, next_month
from .states import (
    BodyType,
    CheckKind,
    CheckResult,
    ContractKind,
    ContractState,
    Ground,
    Method,
)


class Contractor(models.Model):
    """prefecture × organisation. Name and address are what this prefecture wrote.

    So a 法人番号 that another prefecture knows too shows nothing of what is written there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contractors")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="engagements"
    )
    name = models.CharField("名称", max_length=200)
    kana = models.CharField("よみ", max_length=200)
    body_type = models.CharField("団体の種類", max_length=20, choices=BodyType.choices)
    representative = models.CharField("代表者", max_length=100)
    address = models.CharField("所在地", max_length=300)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContractorQuerySet.as_manager()

    class Meta:
        verbose_name = "委託先・補助先"
        ordering = ["kana", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["grantee", "organisation"], name="contractor_once_a_prefecture"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("contractors:detail", args=[self.pk])

    def findings(self) -> list[Finding]:
        """From the prefetched checks, oldest first."""
        rows = sorted(self.checks.all(), key=lambda check: check.pk)
        return [Finding(c.kind, c.result, c.reviewed_on, c.expires_on) for c in rows]


class EligibilityCheck(models.Model):
    """要領2(2): that the body is not one of those excluded. Never changed; a new one follows."""

    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField("確認すること", max_length=20, choices=CheckKind.choices)
    pledged_on = models.DateField("誓約書の日付", null=True, blank=True)
    result = models.CharField("結果", max_length=10, choices=CheckResult.choices)
    reviewer = models.CharField("確認した者", max_length=100)
    reviewed_on = models.DateField("確認した日")
    expires_on = models.DateField("有効期限")
    reason = models.TextField("確認の方法と理由")
    evidence = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "除外団体でないことの確認"
        ordering = ["-reviewed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("reviewed_on")), name="check_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(kind=CheckKind.ORGANISED_CRIME)
                | ~Q(result=CheckResult.CLEAR)
                | Q(pledged_on__isnull=False),
                name="check_crime_has_pledge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contractor} {self.get_kind_display()}"

    @property
    def result_key(self) -> str:
        """Key of the chip."""
        return {"clear": "met", "excluded": "unmet", "undecided": "warning"}[self.result]


class Contract(models.Model):
    """For planned activities, by uid. Reported on month by month, by `due_day` of the next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="contracts")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="contracts")
    kind = models.CharField("種別", max_length=10, choices=ContractKind.choices)
    title = models.CharField("契約の名称", max_length=200)
    number = models.CharField("契約番号", max_length=60, blank=True)
    amount = models.PositiveBigIntegerField("契約額")
    signed_on = models.DateField("契約日")
    starts_on = models.DateField("期間の初日")
    ends_on = models.DateField("期間の末日")
    method = models.CharField("契約の方法", max_length=3, choices=Method.choices)
    ground = models.CharField("随意契約の号", max_length=1, choices=Ground.choices, blank=True)
    ground_reason = models.TextField("競争によらない理由", blank=True)
    selection_reason = models.TextField("選定の経過と理由", blank=True)
    due_day = models.PositiveSmallIntegerField(
        "月報の期限（翌月の日）",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
    )
    same_person_may_submit = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=ContractState.choices, default=ContractState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "契約"
        ordering = ["-starts_on", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="contract_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(due_day__gte=1, due_day__lte=28), name="contract_due_day_exists"
            ),
            models.CheckConstraint(
                condition=Q(method=Method.NEGOTIATED) | Q(ground=""), name="contract_ground_of_neg"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def case_id(self) -> uuid.UUID:
        """The application under whose award it stands: one timeline."""
        return self.award.decision.filing_id

    @property
    def is_draft(self) -> bool:
        return self.state == ContractState.DRAFT

    @property
    def months(self) -> list[date]:
        return months_between(self.starts_on, self.ends_on)

    def due_on(self, month: date) -> date:
        """The last day on which the month's report is in time."""
        return next_month(month) + timedelta(days=self.due_day - 1)

    def get_absolute_url(self) -> str:
        return reverse("contractors:contract", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("contractors:contract_transition", args=[self.pk, name])


class ContractActivity(models.Model):
    """One activity of the plan, by its uid, which the plan keeps through all its revisions."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="activities")
    activity_uid = models.UUIDField()
    type_code = models.CharField(max_length=2)
    name = models.CharField(max_length=100)

    class Meta:
        verbose_name = "契約する取組"
        ordering = ["type_code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "activity_uid"], name="contract_activity_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """⑦ 相談・居場所・交流"""
        return get_activity_type(self.type_code).title


class ContractPerson(models.Model):
    """Who of the body works on this contract, and as what: nobody else of the body sees it.

    Either invited to it (whoever accepts), or a member whom its 責任者 put on it.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(
        "役割", max_length=20, choices=[(r.value, r.label) for r in Role if r.value in CONTRACTOR]
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, null=True)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ContractPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "契約の担当者"
        ordering = ["-role", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) ^ Q(invitation__isnull=False),
                name="contract_person_is_one",
            ),
            models.UniqueConstraint(
                fields=["contract", "user", "role"],
                condition=Q(user__isnull=False),
                name="contract_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_role_display()}）"

    @property
    def name(self) -> str:
        if self.user is not None:
            return self.user.name
        assert self.invitation is not None  # the constraint: one of the two is there
        accepted = self.invitation.accepted_by
        return accepted.name if accepted is not None else self.invitation.name

    @property
    def is_waiting(self) -> bool:
        return self.invitation is not None and self.invitation.accepted_by_id is None
