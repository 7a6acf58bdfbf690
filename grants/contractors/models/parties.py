"""Contractors of a prefecture, and the checks that let them be one."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.accounts.api import Organisation, User
from portal.documents.api import Document

from ..querysets import ContractorQuerySet
from ..rules import Finding
from ..states import BodyType, CheckKind, CheckResult


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
    registered_number = models.CharField("登録番号", max_length=14, blank=True)
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
