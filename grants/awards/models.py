"""A decision is one act; the award is what stands between the two sides because of it."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.filings.api import Filing, SealedVersion
from grants.plans.api import PlanRevision
from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User
from portal.documents.api import Document

from .querysets import AmendmentQuerySet, AwardQuerySet, DecisionQuerySet
from .states import AwardState, DecisionKind


class OfficeNumber(models.Model):
    """文書番号 of an office, once within its fiscal year; typed from its register or counted here."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    fiscal_year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80)
    shown = models.CharField("文書番号", max_length=80)
    number = models.PositiveIntegerField()
    subject_id = models.CharField(max_length=40)

    class Meta:
        verbose_name = "文書番号"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year", "key"], name="office_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.shown


class Decision(models.Model):
    """`amount` in yen; `conditions` as decided; `decided_on` 決裁日, `issued_on` 施行日.

    `arrived_at` is the notice's arrival in the body's inbox, from which its periods run.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="decision")
    sealed = models.ForeignKey(SealedVersion, on_delete=models.PROTECT)
    document_number = models.CharField("文書番号", max_length=80)
    decided_on = models.DateField("決裁日")
    issued_on = models.DateField("施行日")
    amount = models.PositiveBigIntegerField("決定額", default=0)
    ceiling = models.PositiveBigIntegerField("上限", default=0)
    modification_reason = models.TextField("修正の理由（適正化法6条3項）", blank=True)
    reason = models.TextField("理由", blank=True)
    legal_basis = models.CharField("根拠", max_length=60)
    conditions = models.JSONField("交付の条件", default=list)
    conditions_reason = models.TextField("標準の条件と違う理由", blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)
    arrived_at = models.DateTimeField("到達", auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "決定"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__lte=models.F("ceiling")), name="decision_within_ceiling"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.DECLINE) | ~Q(reason=""),
                name="decision_decline_has_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="decision_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.filing} {self.get_kind_display()}"


class Award(models.Model):
    """交付決定 in force: one per body and year, amended by later decisions.

    `decision` is the one that founded it; `amount` (yen) and `revision` are what holds now.
    `discontinued_on` is the day of the approval of a 廃止, from which the report is due.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="awards")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="awards")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="award")
    revision = models.ForeignKey(PlanRevision, on_delete=models.PROTECT)
    amount = models.PositiveBigIntegerField("決定額")
    discontinued_on = models.DateField("廃止の承認の日", null=True)
    state = models.CharField(max_length=20, choices=AwardState.choices, default=AwardState.IN_FORCE)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "交付決定"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "grantee"],
                condition=Q(state=AwardState.IN_FORCE),
                name="award_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.programme.year_label} 交付決定"

    @property
    def case_id(self) -> uuid.UUID:
        return self.decision.filing_id

    def get_absolute_url(self) -> str:
        return reverse("filings:detail", args=[self.decision.filing_id])


class NoticeDraft(models.Model):
    """案: a notice as it would be, for those who look at it before it is issued. Only the office reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="notice_drafts")
    sealed = models.ForeignKey(SealedVersion, on_delete=models.PROTECT)
    values = models.JSONField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "通知書の案"

    def __str__(self) -> str:
        return f"{self.filing} {self.get_kind_display()}の案"


class Correction(models.Model):
    """訂正通知: names the notice that was wrong, whose number stays; has a number of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="corrections")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    document_number = models.CharField("文書番号", max_length=80)
    issued_on = models.DateField("施行日")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_by_name = models.CharField(max_length=100)
    arrived_at = models.DateTimeField("到達", auto_now_add=True)

    class Meta:
        verbose_name = "訂正通知"
        ordering = ["arrived_at"]
        triggers = [
            pgtrigger.Protect(name="correction_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"訂正通知（{self.document_number}）"


class Amendment(models.Model):
    """What a later decision of the year did to the award: amounts in yen, revisions before and after.

    `undone_at` alone may be set later, when that decision's application is withdrawn (適正化法9条).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="amendments")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="amendment")
    amount_before = models.PositiveBigIntegerField("前の決定額")
    amount_after = models.PositiveBigIntegerField("後の決定額")
    revision_before = models.ForeignKey(PlanRevision, on_delete=models.PROTECT, related_name="+")
    revision_after = models.ForeignKey(PlanRevision, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField("取下げの時刻", null=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "交付決定の変更"
        ordering = ["created_at"]
        triggers = [
            pgtrigger.ReadOnly(name="amendment_kept", exclude=["undone_at"]),
            pgtrigger.Protect(name="amendment_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.amount_before}→{self.amount_after}"


class WithdrawalStatement(models.Model):
    """適正化法9条1項: what the body wrote when it withdrew, and what it withdrew from, for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="withdrawal_statement"
    )
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "交付申請取下書"
        triggers = [
            pgtrigger.Protect(
                name="withdrawal_statement_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision.filing} 取下書"

    @property
    def grantee(self) -> Organisation:
        return self.decision.filing.grantee


class OtherActivityApproval(models.Model):
    """要領3(2)⑩: the Cabinet Office finds the activity necessary; without it nothing is decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="other_approvals")
    activity_uid = models.UUIDField()
    document_number = models.CharField("文書番号", max_length=80)
    approved_on = models.DateField("承認日")
    reason = models.TextField("必要と認める理由")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "⑩の承認"
        constraints = [
            models.UniqueConstraint(fields=["filing", "activity_uid"], name="other_approved_once")
        ]

    def __str__(self) -> str:
        return f"{self.filing} ⑩ {self.document_number}"
