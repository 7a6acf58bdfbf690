"""The plan of one body for one year. A revision holds the rows; what was filed is sealed elsewhere."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from grants.programmes.api import Programme
from platforms.api import AgendaItem, Platform, PlatformForm
from portal.accounts.api import Organisation, User
from portal.documents.api import Document

from .querysets import PlanQuerySet, RevisionQuerySet, UploadQuerySet, agenda_with_citations
from .states import BudgetMeasure, Delivery, OtherFunding, Tax

# Enough for any budget line, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class Plan(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plans")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "年間計画"
        constraints = [
            models.UniqueConstraint(fields=["programme", "grantee"], name="plan_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.programme.year_label} 年間計画"


class PlanRevision(models.Model):
    """`is_open` while its filing is with the writers; closed, nothing in it changes.

    Sections 基本 and 目指す姿 and プラットフォーム are columns here; the rest are rows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    applicant_title = models.CharField("申請者の職名", max_length=100, blank=True)
    applicant_name = models.CharField("申請者の氏名", max_length=100, blank=True)
    starts_on = models.DateField("事業の開始日", null=True, blank=True)
    completes_on = models.DateField("事業の完了予定日", null=True, blank=True)
    contact_department = models.CharField("担当部署", max_length=100, blank=True)
    contact_name = models.CharField("担当者", max_length=100, blank=True)
    contact_phone = models.CharField("電話番号", max_length=30, blank=True)

    issues = models.TextField("現状と課題", blank=True)
    vision = models.TextField("目指す姿", blank=True)
    vision_measure = models.TextField("目指す姿に近づいたことを確かめる方法", blank=True)

    has_platform = models.BooleanField(default=True)
    platform = models.ForeignKey(
        Platform, on_delete=models.PROTECT, null=True, blank=True, verbose_name="登録した場"
    )
    platform_name = models.CharField("名称", max_length=200, blank=True)
    platform_form = models.CharField(
        "設置の形", max_length=20, choices=PlatformForm.choices, blank=True
    )
    platform_existing_body = models.CharField("使う会議体", max_length=200, blank=True)
    platform_members = models.PositiveIntegerField("参画団体（見込み）", null=True, blank=True)
    platform_private_members = models.PositiveIntegerField("うち民間", null=True, blank=True)
    platform_content = models.TextField("取り組む内容", blank=True)
    platform_discussions = models.ManyToManyField(AgendaItem, blank=True, related_name="+")

    budget_measure = models.CharField(
        "予算措置", max_length=15, choices=BudgetMeasure.choices, blank=True
    )
    budget_vote_on = models.DateField("議決予定日", null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "計画の版"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}（第{self.number}次）"

    def get_absolute_url(self) -> str:
        """Where the writers of the filing that owns this revision go on with it."""
        url: str = self.filing.writing_url
        return url

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        """All that the body's platforms discussed, newest first, with who cites it. One query."""
        return list(agenda_with_citations(self.plan.grantee_id))


class Section(models.Model):
    """One part of the plan as it is typed: its version for saving side by side, and raw text.

    `raw` holds what could not be read as a value, by field address; it is shown again and never
    sealed. `is_checked` is the writer's own 「入力済み」, `is_copied` says that nobody looked at the
    values since they were copied from another year. `unused` keeps what was typed under names that
    the form no longer has; it is shown until its writer has saved once.
    """

    revision = models.ForeignKey(PlanRevision, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=0)
    is_checked = models.BooleanField(default=False)
    is_copied = models.BooleanField("前年度から写した値", default=False)
    unused = models.JSONField(default=dict)
    is_unused_seen = models.BooleanField(default=False)
    raw = models.JSONField(default=dict)
    problems = models.JSONField(default=dict)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "計画の項目"
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="section_once")]

    def __str__(self) -> str:
        return f"{self.revision} {self.key}"


class Editor(models.Model):
    """Who has changed a revision: they may not approve it (four eyes, by person)."""

    revision = models.ForeignKey(PlanRevision, on_delete=models.CASCADE, related_name="editors")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "user"], name="revision_editor_once")
        ]

    def __str__(self) -> str:
        return f"{self.revision} {self.user}"


class PlannedActivity(models.Model):
    """`uid` is kept through copies: pins, diffs and contracts speak of it."""

    revision = models.ForeignKey(PlanRevision, on_delete=models.CASCADE, related_name="activities")
    uid = models.UUIDField(default=uuid.uuid4)
    type_code = models.CharField("取組の種類", max_length=2)
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField("取組の名称", max_length=100, blank=True)
    content = models.TextField("目的と内容", blank=True)
    vision_link = models.TextField("目指す姿とのつながり", blank=True)
    contract_reason = models.TextField("委託とする理由", blank=True)
    discussions = models.ManyToManyField(AgendaItem, blank=True, related_name="planned_activities")
    coming_meeting_on = models.DateField("会議の開催予定日", null=True, blank=True)

    class Meta:
        verbose_name = "取組"
        ordering = ["type_code", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "uid"], name="activity_uid_once")
        ]

    def __str__(self) -> str:
        return self.name or self.type_code


class PlannedIndicator(models.Model):
    activity = models.ForeignKey(
        PlannedActivity, on_delete=models.CASCADE, related_name="indicators"
    )
    uid = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=40, blank=True)
    label = models.CharField("指標", max_length=100)
    unit = models.CharField("単位", max_length=20, blank=True)
    target = models.DecimalField("目標", max_digits=12, decimal_places=1, null=True, blank=True)
    basis = models.CharField("根拠", max_length=200, blank=True)

    class Meta:
        verbose_name = "指標"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.label


class BudgetLine(models.Model):
    """積算内訳: one line of one activity, or of the platform part when `activity_uid` is empty.

    `amount` is quantity × unit price in yen, rounded down, kept so that the database can add.
    """

    revision = models.ForeignKey(PlanRevision, on_delete=models.CASCADE, related_name="lines")
    activity_uid = models.UUIDField(null=True)
    uid = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveSmallIntegerField(default=0)
    category_code = models.CharField("節", max_length=2, blank=True)
    item = models.CharField("細目", max_length=100, blank=True)
    basis = models.CharField("積算の根拠", max_length=200, blank=True)
    delivery = models.CharField("実施方法", max_length=10, choices=Delivery.choices, blank=True)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField("単位", max_length=20, blank=True)
    unit_price = models.BigIntegerField("単価", null=True, blank=True)
    amount = models.BigIntegerField("金額", null=True, blank=True)
    tax = models.CharField(
        "消費税", max_length=10, choices=Tax.choices, default=Tax.INCLUDED, blank=True
    )
    is_eligible = models.BooleanField("対象経費", default=True)
    other_funding = models.CharField(
        "他の国庫補助", max_length=10, choices=OtherFunding.choices, blank=True
    )
    other_funding_name = models.CharField("その名称", max_length=100, blank=True)

    class Meta:
        verbose_name = "積算内訳"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "uid"], name="line_uid_once"),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0, amount__lte=MAX_YEN),
                name="line_amount_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.item


class LatePaper(models.Model):
    """A required paper that awaits the council: handed in by its date, without a return.

    `key` is that of the programme's list. It counts while the budget is 未議決.
    """

    revision = models.ForeignKey(PlanRevision, on_delete=models.CASCADE, related_name="late_papers")
    key = models.CharField(max_length=40)
    due_on = models.DateField("提出予定日")

    class Meta:
        verbose_name = "議決後に提出する資料"
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="late_paper_once")]

    def __str__(self) -> str:
        return f"{self.revision} {self.key}"


class PlanUpload(models.Model):
    """A workbook as it came back, kept under its hash; what it would change is worked out anew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(PlanRevision, on_delete=models.PROTECT, related_name="uploads")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField("取り込んだ日時", null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "計画の表の取込み"

    def __str__(self) -> str:
        return f"{self.revision} {self.document.title}"

    def get_absolute_url(self) -> str:
        return reverse("plans:upload", args=[self.pk])


class Income(models.Model):
    """寄附金その他の収入: column B of the 所要額調書."""

    revision = models.ForeignKey(PlanRevision, on_delete=models.CASCADE, related_name="incomes")
    uid = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveSmallIntegerField(default=0)
    label = models.CharField("収入の内容", max_length=100, blank=True)
    amount = models.BigIntegerField("金額", null=True, blank=True)

    class Meta:
        verbose_name = "収入"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.label
