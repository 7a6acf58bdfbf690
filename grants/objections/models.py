"""不服の申出 (適正化法25条): a body against an act of the grant, and what is done about it."""

from __future__ import annotations

import uuid
from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User

from .querysets import ObjectionQuerySet
from .rules import Count, count_from
from .states import ENDED, Measure, ObjectionState, PaperKind, Way


class Objection(models.Model):
    """`act_*` says which act, as it was when the body began. `case_id` is that of the act.

    `days` is the length of the period that holds for the act's year. `arrived_on` is the notice's
    arrival; without one, `known_on` is what the body says. `editors` wrote for the body,
    `handlers` worked on it for the office.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="objections")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="objections")
    act_kind = models.CharField(max_length=20)
    act_id = models.UUIDField()
    act_name = models.CharField("処分", max_length=60)
    act_number = models.CharField("処分の文書番号", max_length=80)
    act_issued_on = models.DateField("処分の施行日")
    act_url = models.CharField(max_length=200)
    act_decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    case_id = models.UUIDField()
    arrived_on = models.DateField("通知を受けた日", null=True)
    known_on = models.DateField("処分を知った日", null=True)
    days = models.PositiveSmallIntegerField("申出の期間（日）")
    content = models.TextField("処分の内容")
    reasons = models.TextField("不服の理由")
    late_reason = models.TextField("期限を過ぎたやむを得ない理由", blank=True)
    state = models.CharField(
        "状態", max_length=12, choices=ObjectionState.choices, default=ObjectionState.DRAFTED
    )
    version = models.PositiveIntegerField(default=1)
    editors = models.ManyToManyField(User, related_name="+")
    handlers = models.ManyToManyField(User, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    filed_at = models.DateTimeField("申出の到達", null=True)
    filed_by_name = models.CharField("申し出た人", max_length=100, blank=True)
    mend_points = models.TextField("補正を求める事項", blank=True)
    mend_due_on = models.DateField("補正の期限", null=True)
    admission_reason = models.TextField("遅れた申出を受理した理由", blank=True)
    way = models.CharField("意見を述べる方法", max_length=10, choices=Way.choices, blank=True)
    heard_on = models.DateField("意見を述べる日", null=True)
    place = models.CharField("場所、接続先", max_length=200, blank=True)
    opinion = models.TextField("述べられた意見", blank=True)
    opinion_by = models.CharField("意見を述べた人", max_length=200, blank=True)
    measure = models.CharField("措置", max_length=10, choices=Measure.choices, blank=True)
    measure_text = models.TextField("措置の内容", blank=True)
    measure_reason = models.TextField("措置の理由", blank=True)
    document_number = models.CharField("文書番号", max_length=80, blank=True)
    decided_on = models.DateField("決裁日", null=True)
    issued_on = models.DateField("施行日", null=True)
    cabinet_number = models.CharField("内閣への意見の文書番号", max_length=80, blank=True)
    cabinet_on = models.DateField("内閣への意見の申出の日", null=True)
    cabinet_text = models.TextField("内閣への意見の要旨", blank=True)
    cabinet_result = models.TextField("内閣の結論", blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "不服の申出"
        indexes = [models.Index(fields=["act_kind", "act_id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["act_kind", "act_id"],
                condition=~Q(state=ObjectionState.WITHDRAWN),
                name="objection_one_on_an_act",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ObjectionState.DECIDED, ObjectionState.DISMISSED))
                | ~Q(document_number="") & ~Q(measure_reason=""),
                name="objection_answer_has_reason",
            ),
        ]
        triggers = [pgtrigger.Protect(name="objection_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.act_name}（{self.act_number}）への不服の申出"

    @property
    def count(self) -> Count | None:
        return count_from(self.arrived_on, self.known_on, self.days)

    def is_late_on(self, today: date) -> bool:
        """A draft by today, a filed one by its first arrival."""
        count = self.count
        return count is not None and count.is_late(self.first_day(today))

    def first_day(self, today: date) -> date:
        return today if self.filed_at is None else timezone.localdate(self.filed_at)

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    def get_absolute_url(self) -> str:
        return reverse("objections:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("objections:transition", args=[self.pk, name])


class ObjectionPaper(models.Model):
    """What was filed or answered: `payload` is what the paper says, for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "不服の申出の書類"
        ordering = ["created_at"]
        triggers = [
            pgtrigger.Protect(
                name="objection_paper_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.objection} {self.get_kind_display()}"

    @property
    def grantee(self) -> Organisation:
        return self.objection.grantee
