"""A month of a contract's activity, the files that came for it, and its records."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from grants.activities.api import ActivityType, OwnIndicator, Value, get_activity_type
from grants.contractors.api import Contract, Contractor
from portal.accounts.api import User
from portal.core.dates import era_year
from portal.documents.api import Document

from .querysets import (
    BatchQuerySet,
    ColumnNameQuerySet,
    ContractorsOwnQuerySet,
    PeriodReportQuerySet,
    RecordQuerySet,
    VersionQuerySet,
)
from .states import WITH_CONTRACTOR, BatchState, ReportState
from .values import place_of, unpack


class PeriodReport(models.Model):
    """月報: contract × activity × period as the contract says, a month as a rule.

    `month` and `last_month` are the first days of its first and last month, `due_on` the last day in
    time. `own_indicators` are what the plan of a ⑩ counts, as it said when the month was opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="reports")
    activity_uid = models.UUIDField()
    type_code = models.CharField(max_length=2)
    activity_name = models.CharField(max_length=200)
    own_indicators = models.JSONField("この取組の指標", default=list)
    month = models.DateField("対象の最初の月")
    last_month = models.DateField("対象の最後の月")
    due_on = models.DateField("提出期限")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    version = models.PositiveIntegerField(default=1)
    nothing_held = models.BooleanField("実施なし", default=False)
    remarks = models.TextField("月の概況", blank=True)
    submitted_at = models.DateTimeField("提出", null=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    return_reason = models.TextField("差し戻した理由", blank=True)
    confirmed_at = models.DateTimeField("確認", null=True)

    objects = PeriodReportQuerySet.as_manager()

    class Meta:
        verbose_name = "月報"
        ordering = ["month", "type_code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "activity_uid", "month"], name="report_once_a_month"
            ),
            models.CheckConstraint(
                condition=models.Q(last_month__gte=models.F("month")),
                name="report_months_in_order",
            ),
        ]
        indexes = [models.Index(fields=["state", "month"])]

    def __str__(self) -> str:
        return f"{self.month_label}の月報（{self.contract.title}）"

    @property
    def case_id(self) -> uuid.UUID:
        return self.contract.case_id

    @property
    def activity(self) -> ActivityType:
        own = tuple(OwnIndicator(**one) for one in self.own_indicators)
        return get_activity_type(self.type_code, own)

    @property
    def month_label(self) -> str:
        """令和8年8月分, 令和8年7月から9月分"""
        return f"{era_year(self.month)}{self.short_month}"

    @property
    def short_month(self) -> str:
        first, last = self.month.month, self.last_month.month
        return f"{first}月分" if first == last else f"{first}月から{last}月分"

    @property
    def period(self) -> tuple[date, date]:
        """First and last day, within the contract."""
        last = (self.last_month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return max(self.month, self.contract.starts_on), min(last, self.contract.last_day)

    @property
    def has_been_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def is_with_contractor(self) -> bool:
        return self.state in WITH_CONTRACTOR

    def get_absolute_url(self) -> str:
        return reverse("records:month", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("records:report_transition", args=[self.pk, name])


class ReportVersion(models.Model):
    """What was submitted, sealed: `payload` is canonical JSON of all that the paper prints.

    `reason` is why there was another one: a return, or a correction after confirmation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(PeriodReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    reason = models.TextField("改めた理由", blank=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_by_name = models.CharField(max_length=100)
    submitted_at = models.DateTimeField("提出", auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "提出した月報"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once")
        ]
        triggers = [
            pgtrigger.Protect(
                name="report_version_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}（第{self.number}版）"

    @property
    def content(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.payload)
        return found

    def get_absolute_url(self) -> str:
        return reverse("records:paper", args=[self.pk])


class RecordBatch(models.Model):
    """One file for one month. `reading` is what was found in it; the other four are answers.

    `mends` is typed text by cell, `confirmations` the reason by problem, `decisions` old or new by
    row, `columns` the field by the name of a column. The file stays under its hash, with what was
    typed kept apart from it; `sent_sha256` is that of a file from which personal data was struck out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(PeriodReport, on_delete=models.PROTECT, related_name="batches")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    reading = models.JSONField(default=dict)
    mends = models.JSONField(default=dict)
    confirmations = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    sent_sha256 = models.CharField("送られたファイルの識別値", max_length=64, blank=True)
    message = models.TextField(blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "取り込むファイル"
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.report.month_label}の取込み（{self.document.title}）"

    @property
    def case_id(self) -> uuid.UUID:
        """The month has its own story; the case's timeline tells of months, not of files."""
        return self.report_id

    def get_absolute_url(self) -> str:
        return reverse("records:batch", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("records:batch_transition", args=[self.pk, name])


class ActivityRecord(models.Model):
    """One record: `values` by field key, `originals` as they were sent, the key columns typed.

    `approximate` are fields whose number was given as 約. `key` names it within its month.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(PeriodReport, on_delete=models.PROTECT, related_name="records")
    batch = models.ForeignKey(
        RecordBatch, on_delete=models.PROTECT, null=True, related_name="records"
    )
    key = models.CharField(max_length=64)
    values = models.JSONField()
    originals = models.JSONField(default=dict)
    mended = models.JSONField(default=dict)
    approximate = ArrayField(models.CharField(max_length=40), default=list)
    held_on = models.DateField("日付", null=True)
    venue = models.CharField("名称・場所", max_length=200, blank=True)
    lg_code = models.CharField("団体コード", max_length=6, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    return_reason = models.TextField("差し戻した理由", blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = "活動の記録"
        ordering = ["held_on", "venue", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="record_key_once")]

    def __str__(self) -> str:
        return place_of(self.report.activity, self.row) or "記録"

    @property
    def row(self) -> dict[str, Value]:
        """The values, typed again. The report must be at hand, or it costs a query."""
        return unpack(self.report.activity, self.values)

    def get_absolute_url(self) -> str:
        return reverse("records:edit", args=[self.pk])


class ColumnName(models.Model):
    """What a contractor calls a column, chosen once by a person; `key` is empty where it is not read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="+")
    type_code = models.CharField(max_length=2)
    text = models.CharField("見出し", max_length=200)
    key = models.CharField(max_length=40, blank=True)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(auto_now=True)

    objects = ColumnNameQuerySet.as_manager()

    class Meta:
        verbose_name = "列の名前"
        ordering = ["type_code", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["contractor", "type_code", "text"], name="column_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def activity(self) -> ActivityType:
        return get_activity_type(self.type_code)

    @property
    def meaning(self) -> str:
        column = self.activity.record_spec.by_key.get(self.key)
        return column.label if column else "読まない列"


class ClearedText(models.Model):
    """A short text, such as the name of a place, that looks like a person and is none: asked once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("言葉", max_length=200)
    reason = models.CharField("理由", max_length=500)
    cleared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(auto_now=True)

    objects = ContractorsOwnQuerySet.as_manager()

    class Meta:
        verbose_name = "確かめた言葉"
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(fields=["contractor", "text"], name="cleared_text_once")
        ]

    def __str__(self) -> str:
        return self.text


def key_columns(activity: ActivityType, row: dict[str, Value]) -> dict[str, Any]:
    """The typed columns that the database sorts and searches by."""
    fields = [f for f in activity.entered_fields if f.is_key]
    days = (row.get(f.key) for f in fields if f.kind == "date")
    texts = (row.get(f.key) for f in fields if f.kind == "text")
    return {
        "held_on": next((day for day in days if day), None),
        "venue": str(next((text for text in texts if text), ""))[:200],
        "lg_code": row.get("lg_code") or "",
    }
