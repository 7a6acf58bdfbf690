"""The year before the application: what is asked, and what each body says it will need."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.urls import reverse

from grants.filings.api import Filing
from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User

from .querysets import OfficeQuerySet, PromiseQuerySet, StatementQuerySet, SurveyQuerySet
from .states import BatchKind, SharingRule, SurveyKind

# Enough for any body, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class Survey(models.Model):
    """所要額調査 or 協議 of one round: what is asked of every body, and by when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="surveys")
    kind = models.CharField("種類", max_length=20, choices=SurveyKind.choices)
    round_number = models.PositiveSmallIntegerField("募集の回", default=1)
    due_on = models.DateField("回答の期限")
    questions = models.TextField("聞きたいこと", blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "所要額調査・協議"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "round_number", "kind"], name="survey_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme.year_label} {self.get_kind_display()}（第{self.round_number}回）"

    def get_absolute_url(self) -> str:
        return reverse("needs:survey", args=[self.pk])


class Statement(models.Model):
    """What a filing of 所要額調査 or 協議 says, as its writers type it; sealed when it is filed.

    `editors` may not approve it (four eyes, by person).
    """

    filing = models.OneToOneField(
        Filing, on_delete=models.PROTECT, related_name="statement", primary_key=True
    )
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="statements")
    contact_name = models.CharField("担当者", max_length=100, blank=True)
    contact_phone = models.CharField("電話番号", max_length=30, blank=True)
    answer = models.TextField("聞かれたことへの回答", blank=True)
    remarks = models.TextField("備考", blank=True)
    version = models.PositiveIntegerField(default=1)
    editors = models.ManyToManyField(User, related_name="+")
    carried_from = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "所要額"

    def __str__(self) -> str:
        return f"{self.filing}の所要額"

    @property
    def state(self) -> str:
        """Its filing's, which is the one that moves."""
        return self.filing.state


class StatementRow(models.Model):
    """One activity type: yen of total cost, other income, eligible cost and the wish; `count` of activities."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="rows")
    uid = models.UUIDField(default=uuid.uuid4)
    type_code = models.CharField("取組の種類", max_length=2)
    count = models.PositiveSmallIntegerField("取組の数", default=0)
    total = models.PositiveBigIntegerField("総事業費", default=0)
    income = models.PositiveBigIntegerField("寄附金その他の収入", default=0)
    eligible = models.PositiveBigIntegerField("対象経費", default=0)
    wish = models.PositiveBigIntegerField("希望額", default=0)

    class Meta:
        verbose_name = "取組ごとの所要額"
        constraints = [
            models.UniqueConstraint(fields=["statement", "type_code"], name="needs_type_once")
        ]

    def __str__(self) -> str:
        return f"{self.type_code} {self.wish}"


class Scenario(models.Model):
    """配分案: one way of sharing out a round's money, as it was worked out; never changed.

    `available` and `ceiling` in yen, `unit` the programme's on that day. A changed table is a new
    version; `based_on` says of which, so that everyone who had a hand in it is known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="scenarios")
    round_number = models.PositiveSmallIntegerField("募集の回")
    number = models.PositiveSmallIntegerField("版")
    rule = models.CharField("決まり", max_length=12, choices=SharingRule.choices)
    available = models.PositiveBigIntegerField("配分する額")
    ceiling = models.PositiveBigIntegerField("1団体の上限", null=True)
    unit = models.PositiveIntegerField("単位（円）")
    note = models.CharField("考え方", max_length=300, blank=True)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField("作った人", max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "配分案"
        ordering = ["programme", "round_number", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "round_number", "number"], name="scenario_number_once"
            )
        ]
        triggers = [pgtrigger.ReadOnly(name="scenario_kept")]

    def __str__(self) -> str:
        return f"{self.programme.year_label} 第{self.round_number}回の配分案{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("allocations:scenario", args=[self.pk])


class ScenarioRow(models.Model):
    """One body's line, in yen: `wish` is empty where none was filed, `fixed` where the rule decided."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="rows")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    wish = models.PositiveBigIntegerField("希望額", null=True)
    fixed = models.PositiveBigIntegerField("手で決めた額", null=True)
    amount = models.PositiveBigIntegerField("配分額")

    class Meta:
        verbose_name = "配分案の行"
        constraints = [
            models.UniqueConstraint(fields=["scenario", "grantee"], name="scenario_body_once")
        ]
        triggers = [pgtrigger.ReadOnly(name="scenario_row_kept")]

    def __str__(self) -> str:
        return f"{self.grantee} {self.amount}"


class Promise(models.Model):
    """内示: what a body may count on in a round, in yen, before its application is decided.

    It stands in the ledger until a decision on the body's application of the round follows, of
    whatever kind, or until the office ends it for a reason (`end_reason`), as when nobody applies;
    those two alone may be set later. `payload` is what the notice says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="promises")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="promises")
    round_number = models.PositiveSmallIntegerField("募集の回")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="promises")
    amount = models.PositiveBigIntegerField("内示額")
    document_number = models.CharField("文書番号", max_length=80)
    issued_on = models.DateField("内示日")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_by_name = models.CharField(max_length=100)
    arrived_at = models.DateTimeField("到達", auto_now_add=True)
    released_at = models.DateTimeField("取り置きを終えた時刻", null=True)
    end_reason = models.TextField("終えた理由", blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "内示"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "grantee", "round_number"], name="promise_once_a_round"
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="promise_kept", exclude=["released_at", "end_reason"]),
            pgtrigger.Protect(name="promise_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.programme.year_label} 内示（第{self.round_number}回）"

    @property
    def case_id(self) -> uuid.UUID:
        return self.id

    def get_absolute_url(self) -> str:
        return reverse("allocations:promise", args=[self.pk])


class PriorStart(models.Model):
    """事前着手届: from when a body begins before the decision, and why; recorded, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="prior_starts")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("着手する日")
    reason = models.TextField("着手する理由")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_by_name = models.CharField("届け出た人", max_length=100)
    filed_at = models.DateTimeField("到達", auto_now_add=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "事前着手届"
        ordering = ["-filed_at"]
        triggers = [
            pgtrigger.Protect(
                name="prior_start_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.programme.year_label} 事前着手届"


class Batch(models.Model):
    """Many acts asked for at once, each a transaction of its own, and what became of each."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=BatchKind.choices)
    title = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "一括の処理"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("allocations:batch", args=[self.pk])


class BatchItem(models.Model):
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("対象", max_length=200)
    amount = models.PositiveBigIntegerField("額", default=0)
    document_number = models.CharField("文書番号", max_length=80, blank=True)
    is_done = models.BooleanField(default=False)
    text = models.TextField("結果", blank=True)
    url = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "一括の処理の結果"
        ordering = ["batch", "order"]

    def __str__(self) -> str:
        return f"{self.name} {self.text}"
