"""取消し: one act that takes a decision back, whole or in part."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.awards.api import Award
from portal.accounts.api import Organisation, User

from .querysets import RevocationQuerySet
from .states import RevocationGround, RevocationState


class Revocation(models.Model):
    """The amount decided before and after it, in yen; the act itself never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="revocations")
    ground = models.CharField("根拠", max_length=15, choices=RevocationGround.choices)
    before = models.PositiveBigIntegerField("取消し前の決定額")
    after = models.PositiveBigIntegerField("取消し後の決定額")
    provision = models.TextField("違反した法令、条件、処分")
    reason = models.TextField("理由")
    document_number = models.CharField("文書番号", max_length=80)
    decided_on = models.DateField("決裁日")
    issued_on = models.DateField("施行日")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=100)
    arrived_at = models.DateTimeField("到達", auto_now_add=True)
    state = models.CharField(
        max_length=20, choices=RevocationState.choices, default=RevocationState.REVOKED
    )
    version = models.PositiveIntegerField(default=1)

    objects = RevocationQuerySet.as_manager()

    class Meta:
        verbose_name = "決定の取消し"
        ordering = ["arrived_at"]
        constraints = [
            models.CheckConstraint(condition=Q(after__lt=F("before")), name="revocation_takes"),
            models.CheckConstraint(condition=~Q(reason=""), name="revocation_has_reason"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="revocation_kept", exclude=["state", "version"]),
            pgtrigger.Protect(name="revocation_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.grantee} 決定の取消し（{self.document_number}）"

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
    def is_whole(self) -> bool:
        return self.after == 0

    @property
    def taken(self) -> int:
        """Yen."""
        return self.before - self.after

    def get_absolute_url(self) -> str:
        """The page of the award's money; its name is known, its package is higher."""
        return reverse("settlements:award", args=[self.award_id])

    def transition_url(self, name: str) -> str:
        return reverse("revocations:transition", args=[self.pk, name])
