"""What becomes of a plan after the decision: changes that are applied for, and 流用 that are not."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.awards.api import Award, Decision
from grants.contractors.api import ContractPaper
from grants.filings.api import Filing
from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User

from .querysets import CallQuerySet, ChangeQuerySet, ReallocationQuerySet, StatementQuerySet
from .states import IncidentKind, Stop


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


class Statement(models.Model):
    """What a body says of an award on one page; its filing is the one that moves.

    `editors` may not approve it (four eyes, by person).
    """

    filing = models.OneToOneField(
        Filing, on_delete=models.PROTECT, related_name="%(class)s", primary_key=True
    )
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="%(class)ss")
    version = models.PositiveIntegerField(default=1)
    editors = models.ManyToManyField(User, related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.filing}"

    @property
    def state(self) -> str:
        return self.filing.state

    def get_absolute_url(self) -> str:
        return self.filing.writing_url


class Discontinuance(Statement):
    """中止・廃止 (適正化法7条1項4号): from when, why, and what it costs until then (yen).

    `expected` is what is still to be paid: 残務処理費, and what ending contracts costs.
    """

    what = models.CharField("中止・廃止の別", max_length=10, choices=Stop.choices, blank=True)
    takes_effect_on = models.DateField("中止・廃止の時期", null=True)
    resumes_on = models.DateField("再開の予定日", null=True)
    reason = models.TextField("理由", blank=True)
    spent = models.PositiveBigIntegerField("支出済額", null=True)
    expected = models.PositiveBigIntegerField("支出見込額", default=0)

    class Meta:
        verbose_name = "中止・廃止"


class Incident(Statement):
    """事故・遅延 (適正化法7条1項5号), reported without delay, and the 指示 that answers it.

    `origin` is the contractor's 事故報告書 that it was begun from, if it was.
    """

    what = models.CharField(
        "事故・遅延の別", max_length=10, choices=IncidentKind.choices, blank=True
    )
    happened_on = models.DateField("発生した日", null=True)
    cause = models.TextField("原因と内容", blank=True)
    progress = models.TextField("進捗の状況", blank=True)
    spent = models.PositiveBigIntegerField("支出済額", null=True)
    measures = models.TextField("とった措置と今後の見通し", blank=True)
    completes_on = models.DateField("完了の見込みの日", null=True)
    origin = models.ForeignKey(
        ContractPaper, on_delete=models.PROTECT, null=True, related_name="incidents"
    )
    instruction = models.TextField("内閣府の指示", blank=True)

    class Meta:
        verbose_name = "事故・遅延"


class ProgressCall(models.Model):
    """遂行状況報告 on request (適正化法12条): of every body of a year, or of one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="progress_calls"
    )
    grantee = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="progress_calls"
    )
    as_of = models.DateField("基準日")
    due_on = models.DateField("提出の期限")
    reason = models.TextField("求める理由")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField("求めた人", max_length=100)
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "遂行状況報告の求め"
        ordering = ["as_of", "asked_at"]
        triggers = [
            pgtrigger.Protect(name="call_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.programme.year_label} {self.as_of}"


class ProgressReport(Statement):
    """遂行状況報告 (適正化法12条) as of a day; once a day and award, besides those withdrawn."""

    as_of = models.DateField("基準日")
    due_on = models.DateField("提出の期限")
    summary = models.TextField("事業全体の状況", blank=True)

    class Meta:
        verbose_name = "遂行状況報告"


class ProgressRow(models.Model):
    """One 取組 (no uid: the platform part) in yen: what contracts were paid is drawn, not typed.

    `direct` is what the body itself paid by the day, `expected` what it still means to spend.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="rows")
    uid = models.UUIDField(default=uuid.uuid4)
    activity_uid = models.UUIDField(null=True)
    order = models.PositiveSmallIntegerField()
    title = models.CharField("取組", max_length=200)
    budget = models.PositiveBigIntegerField("予算額")
    contracted = models.PositiveBigIntegerField("委託先への支払", default=0)
    direct = models.PositiveBigIntegerField("直営の支出", null=True)
    expected = models.PositiveBigIntegerField("支出見込額", null=True)
    percent = models.PositiveSmallIntegerField("進捗率（%）", null=True)
    is_late = models.BooleanField("遅れている", default=False)
    reason = models.CharField("遅れている理由と対応", max_length=500, blank=True)

    class Meta:
        verbose_name = "取組の遂行状況"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "uid"], name="progress_row_once"),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="progress_up_to_the_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def spent(self) -> int:
        return self.contracted + (self.direct or 0)
