"""Contractors of a prefecture, and the checks that let them be one."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.accounts.api import Organisation, User
from portal.documents.api import Document

from ..querysets import ContractorQuerySet
from ..rules import Finding, papers_there
from ..states import BodyType, CheckKind, CheckPaper, CheckResult


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
    """要領2(2): that the body is not one of those excluded. Never changed; a new one follows.

    `asked_for` is what the programme asked of a negative finding on the day it was made, so that an
    older one is not held against what came later.
    """

    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField("確認すること", max_length=20, choices=CheckKind.choices)
    pledged_on = models.DateField("誓約書の日付", null=True, blank=True)
    pledge = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.CharField("結果", max_length=10, choices=CheckResult.choices)
    reviewer = models.CharField("確認した者", max_length=100)
    reviewed_on = models.DateField("確認した日")
    expires_on = models.DateField("有効期限")
    reason = models.TextField("確認の方法と理由")
    evidence = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField("確認の出所", max_length=300, blank=True)
    asked_for = ArrayField(
        models.CharField(max_length=10, choices=CheckPaper.choices), default=list, blank=True
    )
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
                condition=~Q(result=CheckResult.CLEAR)
                | ~Q(asked_for__contains=[CheckPaper.PLEDGE])
                | Q(pledged_on__isnull=False),
                name="check_clear_has_pledge_asked_for",
            ),
            models.CheckConstraint(
                condition=~Q(result=CheckResult.CLEAR)
                | ~Q(asked_for__contains=[CheckPaper.EVIDENCE])
                | Q(evidence__isnull=False)
                | ~Q(source=""),
                name="check_clear_has_evidence_asked_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contractor} {self.get_kind_display()}"

    @property
    def has_papers(self) -> frozenset[str]:
        return papers_there(self.pledged_on, self.evidence_id, self.source)

    @property
    def result_key(self) -> str:
        """Key of the chip."""
        return {"clear": "met", "excluded": "unmet", "undecided": "warning"}[self.result]
