"""What becomes of a plan after the decision: changes that are applied for, and 流用 that are not."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.awards.api import Award, Decision
from grants.filings.api import Filing
from portal.accounts.api import User

from .querysets import ChangeQuerySet, ReallocationQuerySet


class ChangeRequest(models.Model):
    """変更承認申請 of one award: why, and the amount decided as it should be (yen).

    The plan as it would be is the filing's own revision, based on the one in force when it began.
    """

    filing = models.OneToOneField(
        Filing, on_delete=models.PROTECT, related_name="change", primary_key=True
    )
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="changes")
    reason = models.TextField("変更の理由", blank=True)
    effect = models.TextField("変更による影響", blank=True)
    amount = models.PositiveBigIntegerField("変更後の交付決定額（申請）")
    version = models.PositiveIntegerField(default=1)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "変更の申請"

    def __str__(self) -> str:
        return f"{self.filing}"

    @property
    def state(self) -> str:
        """Its filing's, which is the one that moves."""
        return self.filing.state

    def get_absolute_url(self) -> str:
        return reverse("change:overview", args=[self.pk])


class Reallocation(models.Model):
    """予算流用 within 軽微な変更: yen moved from one line of the plan in force to another.

    `decision` is the one since which it counts. A wrong record is taken back for a reason and stays
    readable; nothing else of it changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="reallocations")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    source_uid = models.UUIDField()
    source = models.CharField("流用元", max_length=250)
    target_uid = models.UUIDField()
    target = models.CharField("流用先", max_length=250)
    amount = models.PositiveBigIntegerField("流用した額")
    moved_on = models.DateField("流用した日")
    reason = models.TextField("理由")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField("記録した人", max_length=100)
    recorded_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField("取り消した時刻", null=True)
    undo_reason = models.TextField("取り消した理由", blank=True)

    objects = ReallocationQuerySet.as_manager()

    class Meta:
        verbose_name = "予算の流用"
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(source_uid=F("target_uid")), name="moves_away"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="moves_something"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="reallocation_kept", exclude=["undone_at", "undo_reason"]),
            pgtrigger.Protect(name="reallocation_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"

    @property
    def case_id(self) -> uuid.UUID:
        return self.award.case_id

    def get_absolute_url(self) -> str:
        return reverse("changes:award", args=[self.award_id])
