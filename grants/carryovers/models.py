"""繰越: what a body asks to use in the next fiscal year, and what was approved."""

from __future__ import annotations

import uuid
from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.awards.api import Award, Decision
from grants.changes.api import Statement
from portal.core.dates import FiscalYear

from .querysets import CarriedQuerySet
from .states import CarryKind


class Carryover(Statement):
    """繰越の承認の申出 of one award (適正化法7条1項5号): the work does not end with `from_year`.

    `step` is 2 where what was carried once cannot be used up either.
    """

    step = models.PositiveSmallIntegerField("回")
    from_year = models.PositiveSmallIntegerField("繰り越す年度（西暦）")
    kind = models.CharField("繰越しの別", max_length=10, choices=CarryKind.choices, blank=True)
    cause = models.CharField("事由", max_length=80, blank=True)
    reason = models.TextField("繰越しを要する理由", blank=True)
    progress = models.TextField("これまでの実施状況", blank=True)
    schedule = models.TextField("翌年度の実施の予定", blank=True)
    last_day = models.DateField("完了の予定の日", null=True)
    resolved_on = models.DateField("都道府県の予算の繰越しを定めた日（予定の日）", null=True)

    class Meta:
        verbose_name = "繰越の承認の申出"

    @property
    def year(self) -> FiscalYear:
        return FiscalYear(self.from_year)


class CarryoverRow(models.Model):
    """One 積算内訳 in yen. `paid` and `bound` are drawn from the contracts' own records.

    Where no contract stands for the line, `direct` and what the body itself committed (支出負担行為,
    地方自治法232条の3) are typed: `committed` is what of it is not paid yet, with its day and number.
    `national` and `own` are carried.
    """

    carryover = models.ForeignKey(Carryover, on_delete=models.PROTECT, related_name="rows")
    uid = models.UUIDField(default=uuid.uuid4)
    line_uid = models.UUIDField()
    order = models.PositiveSmallIntegerField()
    section = models.CharField("取組", max_length=200)
    label = models.CharField("積算内訳", max_length=250)
    base = models.PositiveBigIntegerField("予算額")
    is_eligible = models.BooleanField()
    is_contracted = models.BooleanField(default=False)
    paid = models.PositiveBigIntegerField("委託先への支払", default=0)
    bound = models.PositiveBigIntegerField("契約済みで未払の額", default=0)
    direct = models.PositiveBigIntegerField("直営の支出", null=True)
    committed = models.PositiveBigIntegerField("支出負担行為済みで未払の額", null=True)
    committed_on = models.DateField("支出負担行為の日", null=True)
    committed_number = models.CharField("支出負担行為の番号", max_length=80, blank=True)
    national = models.PositiveBigIntegerField("繰り越す国費", null=True)
    own = models.PositiveBigIntegerField("繰り越す都道府県費", null=True)

    class Meta:
        verbose_name = "繰り越す積算内訳"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["carryover", "line_uid"], name="carryover_line_once")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def spent(self) -> int:
        return self.paid + (self.direct or 0)

    @property
    def bound_yen(self) -> int:
        """What binds the line and is not paid: its contracts, or the body's own commitment."""
        return int(self.bound) if self.is_contracted else int(self.committed or 0)

    @property
    def carried(self) -> int:
        return (self.national or 0) + (self.own or 0)


class Carried(models.Model):
    """An approved 繰越し, in yen: until when the work may go on, and what of its money goes on too.

    `state_amount` is the national money that the body had not been paid: that much of the state's own
    budget was carried (財政法43条). Rows stay as they are; one that its body gives up before the year
    is over counts no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="carried")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="carried")
    step = models.PositiveSmallIntegerField("回")
    kind = models.CharField("繰越しの別", max_length=10, choices=CarryKind.choices)
    from_year = models.PositiveSmallIntegerField("繰り越す年度（西暦）")
    national = models.PositiveBigIntegerField("繰り越す国費")
    own = models.PositiveBigIntegerField("繰り越す都道府県費")
    state_amount = models.PositiveBigIntegerField("国の予算の繰越額")
    last_day = models.DateField("完了の予定の日")
    minister_on = models.DateField("財務大臣の承認の日", null=True)
    minister_number = models.CharField("財務大臣の承認の番号", max_length=80, blank=True)
    carried_at = models.DateTimeField(auto_now_add=True)
    given_up_at = models.DateTimeField("取りやめの時刻", null=True)
    give_up_reason = models.TextField("取りやめの理由", blank=True)
    given_up_by_name = models.CharField("取りやめた人", max_length=100, blank=True)

    objects = CarriedQuerySet.as_manager()

    class Meta:
        verbose_name = "承認された繰越し"
        ordering = ["step", "carried_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "step"],
                condition=Q(given_up_at=None),
                name="carried_once_a_step",
            ),
            models.CheckConstraint(
                condition=Q(national__gt=0) | Q(own__gt=0), name="carries_something"
            ),
            models.CheckConstraint(
                condition=Q(state_amount__lte=F("national")), name="carried_state_within_national"
            ),
            models.CheckConstraint(
                condition=Q(given_up_at=None) | ~Q(give_up_reason=""),
                name="given_up_has_reason",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="carried_kept",
                exclude=["given_up_at", "give_up_reason", "given_up_by_name"],
            ),
            pgtrigger.Protect(name="carried_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.award.grantee} {self.year.label}からの{self.get_kind_display()}"

    @property
    def year(self) -> FiscalYear:
        return FiscalYear(self.from_year)

    @property
    def case_id(self) -> uuid.UUID:
        return self.award.case_id

    @property
    def ends_by(self) -> date:
        """The last day on which it can still be given up: the money is the old year's until then."""
        return self.year.end

    def get_absolute_url(self) -> str:
        return reverse("filings:detail", args=[self.decision.filing_id])


class CarriedLine(models.Model):
    """What of one 積算内訳 was approved, in yen: the base of a second step."""

    carried = models.ForeignKey(Carried, on_delete=models.PROTECT, related_name="lines")
    line_uid = models.UUIDField()
    label = models.CharField("積算内訳", max_length=250)
    spent = models.PositiveBigIntegerField("年度末までの支出済額")
    national = models.PositiveBigIntegerField("繰り越す国費")
    own = models.PositiveBigIntegerField("繰り越す都道府県費")

    class Meta:
        verbose_name = "承認された繰越しの内訳"
        constraints = [
            models.UniqueConstraint(fields=["carried", "line_uid"], name="carried_line_once")
        ]
        triggers = [
            pgtrigger.Protect(
                name="carried_line_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def amount(self) -> int:
        return self.national + self.own


class YearEnd(Statement):
    """年度終了実績報告 (適正化法14条後段, 施行令8条): the year is over and the work is not.

    Of `fiscal_year`, which may have ended years ago where its report was missed; yen.
    """

    fiscal_year = models.PositiveSmallIntegerField("終わった年度")
    spent = models.PositiveBigIntegerField("支出済額", null=True)
    summary = models.TextField("年度中に実施したこと", blank=True)
    outlook = models.TextField("完了までの見通し", blank=True)
    completes_on = models.DateField("完了の予定の日", null=True)

    class Meta:
        verbose_name = "年度終了実績報告"

    @property
    def year(self) -> FiscalYear:
        return FiscalYear(self.fiscal_year)
