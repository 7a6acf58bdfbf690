"""報告の徴求: a demand for reports by law, each body's report, and more time for it."""

from __future__ import annotations

import json
import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User

from .querysets import DemandQuerySet, ExtensionQuerySet, ReportQuerySet
from .rules import is_late
from .states import OWED, Basis, DemandState, ExtensionState, ReportState


class Demand(models.Model):
    """`grantees` are those who must report; each has a Report from the moment of issue."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="demands")
    title = models.CharField("件名", max_length=100)
    basis = models.CharField("根拠", max_length=10, choices=Basis.choices, default=Basis.BOTH)
    reason = models.TextField("報告を求める理由")
    due_on = models.DateField("報告の期限")
    grantees = models.ManyToManyField(Organisation, verbose_name="報告を求める先", related_name="+")
    state = models.CharField(
        "状態", max_length=10, choices=DemandState.choices, default=DemandState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Whoever had a hand in the draft; none of them issues it.
    editors = models.ManyToManyField(User, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    document_number = models.CharField("文書番号", max_length=80, blank=True)
    decided_on = models.DateField("決裁日", null=True)
    issued_on = models.DateField("施行日", null=True)
    closed_at = models.DateTimeField("終了", null=True)
    reminded_on = models.DateField("督促", null=True)

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = "報告の徴求"
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DemandState.DRAFT) | Q(issued_on__isnull=False),
                name="demand_issued_has_day",
            )
        ]

    def __str__(self) -> str:
        return f"報告の徴求「{self.title}」"

    def get_absolute_url(self) -> str:
        return reverse("demands:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("demands:transition", args=[self.pk, name])

    @property
    def is_draft(self) -> bool:
        return self.state == DemandState.DRAFT


class Question(models.Model):
    """One thing that is asked; its number stands on the paper."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField("番号")
    text = models.CharField("報告する事項", max_length=500)

    class Meta:
        verbose_name = "報告する事項"
        ordering = ["demand", "number"]
        constraints = [
            models.UniqueConstraint(fields=["demand", "number"], name="question_number_once")
        ]

    def __str__(self) -> str:
        return f"（{self.number}）{self.text}"


class Report(models.Model):
    """One body's report, due on a day of its own. `payload` is what its notice says, for ever.

    What it attaches are documents of this row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="reports")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("報告の期限")
    state = models.CharField(
        "状態", max_length=12, choices=ReportState.choices, default=ReportState.REQUESTED
    )
    version = models.PositiveIntegerField(default=1)
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    answered_at = models.DateTimeField("報告日時", null=True)
    answered_by_name = models.CharField("報告した人", max_length=100, blank=True)
    again_reason = models.TextField("再度の報告を求めた理由", blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "徴求への報告"
        constraints = [
            models.UniqueConstraint(fields=["demand", "grantee"], name="report_once"),
            models.CheckConstraint(
                condition=Q(state=ReportState.REQUESTED) | Q(answered_at__isnull=False),
                name="report_answered_has_moment",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="report_notice_kept", fields=["payload", "sha256"]),
            pgtrigger.Protect(name="report_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.demand}への報告"

    @property
    def case_id(self) -> uuid.UUID:
        return self.id

    def get_absolute_url(self) -> str:
        return reverse("demands:report", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("demands:report_transition", args=[self.pk, name])

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

    @property
    def is_late(self) -> bool:
        answered = timezone.localdate(self.answered_at) if self.answered_at else None
        return is_late(self.state, self.due_on, answered, timezone.localdate())


class Answer(models.Model):
    """What the body's people have written so far; the office reads `SealedReport`."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField("報告", blank=True)

    class Meta:
        verbose_name = "事項ごとの報告"
        constraints = [models.UniqueConstraint(fields=["report", "question"], name="answer_once")]

    def __str__(self) -> str:
        return self.text[:40]


class SealedReport(models.Model):
    """What was reported, for ever: each reporting is one, so that a later one overwrites nothing."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sealed")
    number = models.PositiveSmallIntegerField("回")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    reported_at = models.DateTimeField("報告日時")
    reported_by_name = models.CharField("報告した人", max_length=100)

    class Meta:
        verbose_name = "届いた報告"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="sealed_report_number_once")
        ]
        triggers = [
            pgtrigger.ReadOnly(name="sealed_report_kept"),
            pgtrigger.Protect(name="sealed_report_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.report}（第{self.number}回）"

    @property
    def texts(self) -> list[str]:
        """In the order of the questions."""
        return [str(one["text"]) for one in json.loads(self.payload)["answers"]]


class Extension(models.Model):
    """期限の延長の申出, and what the office said to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="extensions")
    wanted_on = models.DateField("延ばしたい期限")
    reason = models.TextField("理由")
    asked_by_name = models.CharField("申し出た人", max_length=100)
    asked_at = models.DateTimeField("申出", auto_now_add=True)
    state = models.CharField(
        "状態", max_length=10, choices=ExtensionState.choices, default=ExtensionState.ASKED
    )
    version = models.PositiveIntegerField(default=1)
    refusal = models.TextField("認めない理由", blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "期限の延長の申出"
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state=ExtensionState.ASKED),
                name="extension_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}の期限の延長の申出"

    @property
    def grantee(self) -> Organisation:
        return self.report.grantee

    @property
    def grantee_id(self) -> uuid.UUID:
        found: uuid.UUID = self.report.grantee_id
        return found

    @property
    def case_id(self) -> uuid.UUID:
        found: uuid.UUID = self.report_id
        return found

    def get_absolute_url(self) -> str:
        return self.report.get_absolute_url()

    def transition_url(self, name: str) -> str:
        return reverse("demands:extension_transition", args=[self.pk, name])
