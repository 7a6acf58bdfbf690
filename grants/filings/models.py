"""A 様式 on its way: one Filing, its sealed versions, and the points a reviewer pins to them."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from grants.plans.api import PlanRevision
from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User

from .kinds import FilingKind
from .querysets import FilingQuerySet, ReviewItemQuerySet, SealedVersionQuerySet
from .states import FilingState, ItemState, Route, Verdict


class Filing(models.Model):
    """`receipt_number` is drawn at the first submission and kept; `version` is the row's own.

    `number` counts sealed versions. An application or a change owns one PlanRevision.
    `round_number` is that of the programme's round: one filing of a kind per body and round.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("様式", max_length=30)
    round_number = models.PositiveSmallIntegerField("募集の回", default=1)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="filings")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="filings")
    revision = models.OneToOneField(
        PlanRevision, on_delete=models.PROTECT, null=True, related_name="filing"
    )
    state = models.CharField(
        "状態", max_length=20, choices=FilingState.choices, default=FilingState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    number = models.PositiveSmallIntegerField("版", default=0)
    receipt_number = models.CharField("受付番号", max_length=30, null=True, unique=True)
    first_submitted_at = models.DateTimeField("最初の到達", null=True)
    submitted_at = models.DateTimeField("到達", null=True)
    was_returned = models.BooleanField(default=False)
    returned_on = models.DateField(null=True)
    answer_due = models.DateField("回答の期限", null=True)
    stopped_days = models.PositiveSmallIntegerField("止まった日数", default=0)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    requested_digest = models.CharField(max_length=64, blank=True)
    request_note = models.TextField("決裁者への説明", blank=True)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    review_opinion = models.TextField("審査担当の意見", blank=True)
    requested_amount = models.BigIntegerField("申請額", null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = "申請・報告"
        indexes = [
            models.Index(fields=["state", "submitted_at"]),
            models.Index(fields=["grantee", "programme"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "grantee", "kind", "round_number"],
                condition=Q(kind__in=("needs", "consultation", "application"))
                & ~Q(state__in=(FilingState.DECLINED, FilingState.WITHDRAWN)),
                name="filing_one_a_round",
            ),
            models.CheckConstraint(
                condition=Q(first_submitted_at=None) | Q(receipt_number__isnull=False),
                name="filing_submitted_has_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.programme.year_label} {self.kind_label}"

    @property
    def kind_label(self) -> str:
        from .kinds import kind_of

        return kind_of(self.kind).label

    @property
    def words(self) -> FilingKind:
        """What its kind is called, and what pages of its kind alone link to."""
        from .kinds import kind_of

        return kind_of(self.kind)

    @property
    def work_url(self) -> str:
        """Where its reviewers do what only this kind asks; empty where there is nothing."""
        name = self.words.work_url_name
        return reverse(name, args=[self.pk]) if name else ""

    @property
    def form_number(self) -> str:
        """Of the programme as it is today; empty for a form without one."""
        return self.programme.terms().form_numbers.get(self.kind, "")

    @property
    def form_name(self) -> str:
        """«様式第1号 交付申請»; a kind without a number has its name alone."""
        return f"{self.form_number} {self.words.label}".strip()

    @property
    def writing_url(self) -> str:
        """Where its writers go on with it."""
        from .kinds import kind_of

        return reverse(kind_of(self.kind).writing_url_name, args=[self.pk])

    @property
    def working_url(self) -> str:
        """Where its body goes on with it, or reads it once it is out of the writers' hands."""
        return self.writing_url if self.is_with_writers else self.get_absolute_url()

    @property
    def plan_revision(self) -> PlanRevision:
        """Of an application or a change. Raises LookupError for a kind that has no plan."""
        if self.revision is None:
            raise LookupError(f"{self.kind} has no plan")
        return self.revision

    @property
    def case_id(self) -> uuid.UUID:
        """One application and all that follows from it share a timeline."""
        return self.id

    def get_absolute_url(self) -> str:
        return reverse("filings:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("filing_transition", args=[self.pk, name])

    @property
    def is_with_writers(self) -> bool:
        return self.state in (FilingState.DRAFT, FilingState.RETURNED)

    @property
    def is_with_its_body(self) -> bool:
        """With its writers, or before their own superior: what was sealed earlier is not what it says."""
        return self.is_with_writers or self.state == FilingState.AWAITING_APPROVAL


class SealedVersion(models.Model):
    """What was filed, for ever: canonical JSON and its SHA-256, refused any change by the database.

    `recalled_at` alone may be set later, when the writers take it back before the review.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版")
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    sealed_at = models.DateTimeField("到達")
    sealed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sealed_by_name = models.CharField("提出者", max_length=100)
    route = models.CharField("決裁", max_length=10, choices=Route.choices)
    document_number = models.CharField("文書番号", max_length=60, blank=True)
    decided_on = models.DateField("決裁日", null=True)
    issued_on = models.DateField("施行日", null=True)
    recalled_at = models.DateTimeField(null=True)

    objects = SealedVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "提出した版"
        ordering = ["filing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="version_number_once")
        ]
        triggers = [
            pgtrigger.ReadOnly(name="sealed", exclude=["recalled_at"]),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.filing} 第{self.number}版"

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """The reviewer's marks by their key; read once an instance."""
        return dict(self.marks.values_list("key", "verdict"))

    @property
    def content(self) -> dict[str, Any]:
        """The payload as values; parsed once."""
        if "_content" not in self.__dict__:
            self.__dict__["_content"] = json.loads(self.payload)
        return self.__dict__["_content"]


class ReviewItem(models.Model):
    """確認事項: pinned to an address of a sealed version. `told_at` is the return that carried it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="items")
    raised_on = models.ForeignKey(SealedVersion, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField("番号")
    address = models.CharField(max_length=160)
    place = models.CharField("場所", max_length=200)
    clause = models.CharField("根拠", max_length=60, blank=True)
    text = models.TextField("内容")
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.OPEN)
    version = models.PositiveIntegerField(default=1)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        verbose_name = "確認事項"
        ordering = ["filing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="item_number_once")
        ]

    def __str__(self) -> str:
        return f"確認事項{self.number}（{self.place}）"

    @property
    def case_id(self) -> uuid.UUID:
        return self.filing_id

    @property
    def section(self) -> str:
        return self.address.partition("/")[0]

    def get_absolute_url(self) -> str:
        return self.filing.get_absolute_url()

    def transition_url(self, name: str) -> str:
        return reverse("filings:item_transition", args=[self.pk, name])

    @property
    def published(self) -> list[ReviewMessage]:
        """Turns that both sides see, oldest first."""
        return [message for message in self.messages.all() if message.published_at]

    @property
    def draft_answer(self) -> ReviewMessage | None:
        """The prefecture's answer that goes with the next version."""
        drafts = (m for m in self.messages.all() if m.is_answer and not m.published_at)
        return next(drafts, None)


class ReviewMessage(models.Model):
    """One turn about a point. `published_at` empty: an answer not filed yet, seen by its own side."""

    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="messages")
    is_answer = models.BooleanField()
    text = models.TextField("内容")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    organisation_name = models.CharField(max_length=200)
    written_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "やり取り"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]


class CheckMark(models.Model):
    """A reviewer's verdict on one requirement or one section of one sealed version."""

    sealed = models.ForeignKey(SealedVersion, on_delete=models.PROTECT, related_name="marks")
    key = models.CharField(max_length=100)
    verdict = models.CharField(max_length=5, choices=Verdict.choices)
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "確認項目"
        constraints = [models.UniqueConstraint(fields=["sealed", "key"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.verdict}"


class Reviewer(models.Model):
    """Who ever reviewed a filing, whoever took it over later: they may not decide it (four eyes)."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="reviewers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "user"], name="filing_reviewer_once")
        ]

    def __str__(self) -> str:
        return f"{self.filing} {self.user}"


class ReceiptCounter(models.Model):
    """Gap-free: the row is locked by whoever draws, and given back with a rolled-back submission."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    symbol = models.CharField(max_length=5)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "symbol"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.programme} {self.symbol} {self.last}"
