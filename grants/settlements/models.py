"""The 実績報告 as it is typed, what examiners find of its lines, and 額の確定."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.awards.api import Award
from grants.filings.api import Filing, SealedVersion
from grants.plans.api import PlanRevision, platform_uid
from portal.accounts.api import Organisation, User
from portal.core.money import format_number
from portal.documents.api import Document

from .querysets import PartQuerySet, ReportQuerySet, SettlementQuerySet
from .states import SettlementState, Verdict


class PerformanceReport(models.Model):
    """実績報告 (適正化法14条) of one award, as its writers type it; sealed when it is filed.

    `revision` is the plan that its rows were copied from last. `editors` may not approve it (four eyes, by person).
    """

    filing = models.OneToOneField(
        Filing, on_delete=models.PROTECT, related_name="performance", primary_key=True
    )
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="performance")
    revision = models.ForeignKey(
        PlanRevision, on_delete=models.PROTECT, null=True, related_name="+"
    )
    completed_on = models.DateField("事業が完了した日", null=True)
    summary = models.TextField("事業全体の成果", blank=True)
    editors = models.ManyToManyField(User, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "実績報告"

    def __str__(self) -> str:
        return f"{self.filing}"

    @property
    def state(self) -> str:
        """Its filing's, which is the one that moves."""
        return self.filing.state

    def get_absolute_url(self) -> str:
        return reverse("performance:report", args=[self.pk])


class ReportPart(models.Model):
    """One page of the report: basics, incomes, the platform, or an activity by its uid.

    Each has a version of its own, so that two people write side by side.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(PerformanceReport, on_delete=models.PROTECT, related_name="parts")
    key = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=5, blank=True)
    title = models.CharField(max_length=100)
    clause = models.CharField(max_length=20, blank=True)
    name = models.CharField("取組の名称", max_length=100, blank=True)
    text = models.TextField("実施した内容と成果", blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "実績報告の項目"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="report_part_once")]

    def __str__(self) -> str:
        return f"{self.mark} {self.title}".strip()

    @property
    def state(self) -> str:
        return self.report.filing.state

    @property
    def activity_uid(self) -> uuid.UUID | None:
        """As contracts name the platform or the activity; nothing for the other pages."""
        kind, _, uid = self.key.partition(":")
        if kind == "platform":
            return platform_uid(self.report.award.revision.plan_id)
        return uuid.UUID(uid) if kind == "activity" else None

    def get_absolute_url(self) -> str:
        return reverse("performance:part", args=[self.pk])


class ReportedResult(models.Model):
    """An indicator of the plan in force and what was reached."""

    part = models.ForeignKey(ReportPart, on_delete=models.PROTECT, related_name="results")
    uid = models.UUIDField()
    order = models.PositiveSmallIntegerField()
    label = models.CharField("指標", max_length=100)
    unit = models.CharField("単位", max_length=20, blank=True)
    target = models.DecimalField("目標", max_digits=12, decimal_places=1, null=True)
    actual = models.DecimalField("実績", max_digits=12, decimal_places=1, null=True)
    note = models.CharField("説明", max_length=200, blank=True)

    class Meta:
        verbose_name = "指標の実績"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["part", "uid"], name="result_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def shown_target(self) -> str:
        """«12,000部»"""
        return self.shown(self.target)

    def shown(self, value: Decimal | None) -> str:
        if value is None:
            return ""
        whole = value == value.to_integral_value()
        return f"{format_number(int(value) if whole else value)}{self.unit}"


class ReportedLine(models.Model):
    """A line of the plan in force with what was spent, in yen; the body's own money included."""

    part = models.ForeignKey(ReportPart, on_delete=models.PROTECT, related_name="lines")
    uid = models.UUIDField()
    order = models.PositiveSmallIntegerField()
    category_code = models.CharField("節", max_length=2)
    category = models.CharField(max_length=40)
    item = models.CharField("細目", max_length=100)
    delivery = models.CharField("実施方法", max_length=10)
    budget = models.PositiveBigIntegerField("予算額")
    is_eligible = models.BooleanField("対象経費")
    spent = models.PositiveBigIntegerField("支出済額", null=True)
    expected = models.PositiveBigIntegerField("支払見込額", default=0)
    other_funding = models.CharField("他の国庫補助", max_length=10, blank=True)
    other_funding_name = models.CharField("その名称", max_length=100, blank=True)
    note = models.CharField("備考", max_length=200, blank=True)

    class Meta:
        verbose_name = "精算の明細"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["part", "uid"], name="spent_line_once")]

    def __str__(self) -> str:
        return self.item


class ReportedIncome(models.Model):
    part = models.ForeignKey(ReportPart, on_delete=models.PROTECT, related_name="incomes")
    uid = models.UUIDField()
    order = models.PositiveSmallIntegerField()
    label = models.CharField("収入の内容", max_length=100)
    budget = models.PositiveBigIntegerField("予算額")
    amount = models.PositiveBigIntegerField("収入済額", null=True)

    class Meta:
        verbose_name = "収入の実績"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["part", "uid"], name="income_once")]

    def __str__(self) -> str:
        return self.label


class LineVerdict(models.Model):
    """What an examiner found of one line, on a version: it stands while the line stays the same.

    `total` is the line's amount then, `cut` what is not accepted of it, both in yen.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="line_verdicts")
    line_uid = models.UUIDField()
    verdict = models.CharField(max_length=15, choices=Verdict.choices)
    total = models.PositiveBigIntegerField()
    cut = models.PositiveBigIntegerField("減額", default=0)
    reason = models.TextField("理由", blank=True)
    clause = models.CharField("根拠", max_length=100, blank=True)
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    judged_by_name = models.CharField(max_length=100)
    judged_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "明細の審査"
        constraints = [
            models.UniqueConstraint(fields=["filing", "line_uid"], name="line_verdict_once"),
            models.CheckConstraint(
                condition=Q(cut__lte=models.F("total")), name="cut_within_the_line"
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.ACCEPTED) | ~Q(reason=""), name="cut_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_uid} {self.get_verdict_display()}"


class LineDraw(models.Model):
    """A draw among the eligible lines that nobody picked before; `population` are their uids.

    With the seed anybody draws the same lines again (`rules.drawn`); a second draw stays beside it.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="line_draws")
    seed = models.CharField("種", max_length=40)
    population = models.JSONField("もとの明細")
    count = models.PositiveSmallIntegerField("件数")
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_by_name = models.CharField("抽出した人", max_length=100)
    drawn_at = models.DateTimeField("抽出", auto_now_add=True)

    class Meta:
        verbose_name = "明細の抽出"
        ordering = ["drawn_at", "id"]
        triggers = [
            pgtrigger.Protect(name="line_draw_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{len(self.population)}件から{self.count}件"


class LineSample(models.Model):
    """A line picked for a closer look, by hand with a reason or by a draw, and what came of it.

    The outcome stands while the line's amount stays `looked_total` (yen).
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="line_samples")
    line_uid = models.UUIDField()
    draw = models.ForeignKey(LineDraw, on_delete=models.PROTECT, null=True, related_name="samples")
    reason = models.TextField("選んだ理由", blank=True)
    picked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    picked_by_name = models.CharField("選んだ人", max_length=100)
    picked_at = models.DateTimeField("選んだ時刻", auto_now_add=True)
    looked_at = models.TextField("確かめたもの", blank=True)
    outcome = models.TextField("確かめた結果", blank=True)
    looked_total = models.PositiveBigIntegerField("確かめた額", null=True)
    looked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    looked_by_name = models.CharField("確かめた人", max_length=100, blank=True)
    looked_on = models.DateTimeField("確かめた時刻", null=True)

    class Meta:
        verbose_name = "抽出した明細"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "line_uid"], name="line_sample_once"),
            models.CheckConstraint(
                condition=Q(draw__isnull=False) | ~Q(reason=""), name="line_sample_has_a_ground"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", looked_by=None, looked_total=None)
                | (~Q(outcome="") & ~Q(looked_at="") & Q(looked_by__isnull=False)),
                name="line_sample_outcome_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_uid} 抽出"

    def waits(self, total: int) -> bool:
        """Whether the line as it is now (yen) has still to be looked at."""
        return not self.outcome or self.looked_total != total


class LineEvidence(models.Model):
    """A file of the report that its writer attached for one line; one file may stand for several."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="settlement_lines"
    )
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="line_evidence")
    line_uid = models.UUIDField()

    class Meta:
        verbose_name = "明細の証拠書類"
        constraints = [
            models.UniqueConstraint(fields=["document", "line_uid"], name="line_evidence_once")
        ]

    def __str__(self) -> str:
        return f"{self.document}"


class Settlement(models.Model):
    """額の確定 (適正化法15条): `amount` yen, from one sealed report; the act itself never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="settlement")
    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="settlement")
    sealed = models.ForeignKey(SealedVersion, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField("確定額")
    decided = models.PositiveBigIntegerField("交付決定額")
    recomputed = models.PositiveBigIntegerField("再計算した額")
    received = models.PositiveBigIntegerField("受入済額")
    document_number = models.CharField("文書番号", max_length=80)
    decided_on = models.DateField("決裁日")
    issued_on = models.DateField("施行日")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=100)
    arrived_at = models.DateTimeField("到達", auto_now_add=True)
    state = models.CharField(
        max_length=20, choices=SettlementState.choices, default=SettlementState.FINALISED
    )
    version = models.PositiveIntegerField(default=1)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = "額の確定"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__lte=models.F("decided")), name="fixed_within_decided"
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="settlement_kept", exclude=["state", "version"]),
            pgtrigger.Protect(name="settlement_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.award.programme.year_label} 額の確定"

    @property
    def grantee(self) -> Organisation:
        return self.award.grantee

    @property
    def grantee_id(self) -> uuid.UUID:
        return self.award.grantee_id

    @property
    def case_id(self) -> uuid.UUID:
        return self.award.case_id

    def get_absolute_url(self) -> str:
        return reverse("settlements:award", args=[self.award_id])

    def transition_url(self, name: str) -> str:
        return reverse("settlements:transition", args=[self.pk, name])
