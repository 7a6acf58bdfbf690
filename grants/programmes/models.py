"""A fiscal year of the grant. Whatever may change by year is a row here, with source and date."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils import timezone

from portal.accounts.api import Organisation, User
from portal.core.asking import once
from portal.core.dates import FiscalYear

from . import keys
from .form_numbers import FORMS
from .querysets import ProgrammeQuerySet, RoundQuerySet
from .terms import ExpenseCategory as Category
from .terms import RequiredPaper, Terms


class Programme(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fiscal_year = models.PositiveSmallIntegerField("年度（西暦）", unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "年度の制度"
        ordering = ["-fiscal_year"]

    def __str__(self) -> str:
        return self.year_label

    @property
    def year_label(self) -> str:
        """«令和8年度»"""
        return FiscalYear(self.fiscal_year).label

    def get_absolute_url(self) -> str:
        return reverse("programmes:detail", args=[self.pk])

    def terms(self, on: date | None = None) -> Terms:
        """The values in force on a day (today). One query, kept for the life of this instance.

        Raises KeyError when the programme lacks a value: it was not made by `open_programme`.
        """
        day = on or timezone.localdate()
        kept = self.__dict__.setdefault("_terms", {})
        if day not in kept:
            # Several instances of one year meet on a page: the header's, the list's, the filing's.
            kept[day] = once(f"programmes.terms:{self.pk}:{day}", lambda: self._read_terms(day))
        return kept[day]

    def _read_terms(self, day: date) -> Terms:
        return _terms_of(Programme.objects.filter(pk=self.pk).with_terms(day).get())


def named_year(years: Iterable[Programme], asked: str) -> Programme | None:
    """The one of these years that an address asks for («2026»); none where it asks for another."""
    return next((one for one in years if str(one.fiscal_year) == asked), None)


def terms_by_year(programmes: Iterable[UUID], on: date) -> dict[UUID, Terms]:
    """The terms of several years as they hold on a day, by programme. One query."""
    found = Programme.objects.filter(pk__in=set(programmes)).with_terms(on)
    return {programme.pk: _terms_of(programme) for programme in found}


def _terms_of(programme: Any) -> Terms:
    texts = dict(programme.texts)
    values = {key.name: key.kind.read(texts[key.name]) for key in keys.KEYS}
    categories = tuple(Category(**fields) for fields in programme.sorts)
    papers = tuple(RequiredPaper(**fields) for fields in programme.papers)
    return Terms(
        fiscal_year=programme.fiscal_year,
        categories=categories,
        papers=papers,
        form_numbers={form: values.pop(key) for form, key in FORMS.items()},
        **values,
    )


class Round(models.Model):
    """One time of the year at which wishes, 内示 and applications come in: 当初, 追加募集 …

    Without a window of its own it has the programme's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("回")
    name = models.CharField("名称", max_length=40)
    opens_at = models.DateTimeField("申請の受付開始", null=True)
    closes_at = models.DateTimeField("申請の締切", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "募集の回"
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="round_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme.year_label} {self.name}"

    def window(self) -> tuple[datetime, datetime]:
        terms = self.programme.terms()
        return self.opens_at or terms.window_opens, self.closes_at or terms.window_closes

    def closing(self) -> datetime:
        """For the body that `for_body()` asked about: a later one where it was given that."""
        return max(filter(None, (self.window()[1], getattr(self, "extended_to", None))))


class ProgrammeValue(models.Model):
    """One value from one day on. Rows are added, never changed: what held in May can be read in June."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="values")
    key = models.CharField(max_length=40)
    text = models.CharField("値", max_length=500, blank=True)
    source = models.CharField("根拠", max_length=300)
    effective_from = models.DateField("適用日")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "制度の値"
        indexes = [models.Index(fields=["programme", "key", "effective_from"])]

    def __str__(self) -> str:
        return f"{keys.BY_NAME[self.key].label} {self.text}"


class ExpenseCategory(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="categories")
    code = models.CharField("節", max_length=2)
    name = models.CharField("名称", max_length=40)
    is_eligible = models.BooleanField("対象経費", default=True)
    subsidy_only = models.BooleanField("⑦⑧の補助だけ", default=False)
    note = models.CharField("注", max_length=200, blank=True)
    source = models.CharField("根拠", max_length=300)

    class Meta:
        verbose_name = "対象経費の区分"
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="category_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StandardCondition(models.Model):
    """A condition that decisions of the year choose from (適正化法7条).

    `is_default`: every decision starts with it; to leave it out takes a reason.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="conditions")
    order = models.PositiveSmallIntegerField()
    text = models.CharField("条件", max_length=500)
    basis = models.CharField("根拠", max_length=60)
    is_default = models.BooleanField("初めから選ぶ", default=True)

    class Meta:
        verbose_name = "交付の条件（標準）"
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="condition_order_once")
        ]

    def __str__(self) -> str:
        return self.text


class RequiredAttachment(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="attachments")
    key = models.CharField(max_length=40)
    label = models.CharField("資料", max_length=100)
    is_required = models.BooleanField("必ず要る", default=True)
    may_come_late = models.BooleanField("議決の後に提出できる", default=False)
    note = models.CharField("注", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "添付資料"
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="attachment_key_once")
        ]

    def __str__(self) -> str:
        return self.label


class WindowExtension(models.Model):
    """A later closing for one body, with a reason that is shown."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="extensions")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    closes_at = models.DateTimeField("延長後の締切")
    reason = models.CharField("理由", max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "締切の延長"

    def __str__(self) -> str:
        return f"{self.grantee} {self.reason}"


class Ledger(models.Model):
    """What is spoken for of the year's budget, in yen. Locked by whoever decides or promises.

    `decided` is given; `promised` are 内示 that no decision has followed yet. Together they never
    exceed the budget: a decision turns its own body's promise into what is decided.
    """

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="ledger")
    decided = models.PositiveBigIntegerField("決定済みの額", default=0)
    promised = models.PositiveBigIntegerField("決定を待つ内示の額", default=0)

    class Meta:
        verbose_name = "予算の使用状況"

    def __str__(self) -> str:
        return f"{self.programme} {self.decided}"

    def left(self, budget: int) -> int:
        """Yen that nobody was given or promised."""
        return max(0, budget - self.decided - self.promised)
