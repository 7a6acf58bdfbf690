"""指摘: what a visit found, the rule that it does not meet, the body's word, its correction."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from grants.guideline.api import clause
from inspections.visits.api import Visit
from portal.accounts.api import Organisation, User
from portal.core.actor import Actor

from .querysets import FindingQuerySet
from .rules import is_overdue
from .states import FindingState, Severity
from .taxonomy import FAULTS, Fault


class Finding(models.Model):
    """`amount` (yen) is the cost found; `decrease` what the fixed amount loses without it, in yen.

    `decrease` is empty where no report was filed yet. Evidence is documents of this row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField("番号")
    code = models.CharField("種類", max_length=40)
    title = models.CharField("件名", max_length=100)
    text = models.TextField("認めた事実")
    amount = models.PositiveBigIntegerField("金額", null=True)
    decrease = models.PositiveBigIntegerField("交付額の減少見込み", null=True)
    severity = models.CharField("重大度", max_length=10, choices=Severity.choices)
    clause_number = models.CharField("適合しない要領の条項", max_length=10, blank=True)
    article = models.CharField("適合しない法律・要綱・条件・契約の条", max_length=200, blank=True)
    state = models.CharField(
        "状態", max_length=10, choices=FindingState.choices, default=FindingState.DRAFTED
    )
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    issued_on = models.DateField("通知日", null=True)
    comment_due_on = models.DateField("意見の期限", null=True)
    comment = models.TextField("団体の意見", blank=True)
    commented_by_name = models.CharField("意見を出した人", max_length=100, blank=True)
    ruling = models.TextField("認めた、又は取りやめた理由", blank=True)
    due_on = models.DateField("是正の期限", null=True)
    plan = models.TextField("是正の計画", blank=True)
    owner = models.CharField("是正の担当", max_length=100, blank=True)
    correction = models.TextField("行った是正", blank=True)
    corrected_at = models.DateTimeField("是正の報告", null=True)
    again_reason = models.TextField("再度の是正を求めた理由", blank=True)
    check_note = models.TextField("確認したこと", blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "指摘"
        ordering = ["visit", "number"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="finding_number_once"),
            models.CheckConstraint(
                condition=~Q(clause_number="") | ~Q(article=""), name="finding_cites_a_rule"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(FindingState.DRAFTED, FindingState.DROPPED))
                | Q(issued_on__isnull=False),
                name="finding_issued_has_day",
            ),
        ]
        triggers = [pgtrigger.Protect(name="finding_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"指摘{self.number}「{self.title}」"

    @property
    def grantee(self) -> Organisation:
        return self.visit.grantee

    @property
    def grantee_id(self) -> uuid.UUID:
        return self.visit.grantee_id

    @property
    def fault(self) -> Fault:
        return FAULTS[self.code]

    @property
    def citation(self) -> str:
        """«要領2(2)、委託契約9条»: all that was not met."""
        shown = clause(self.clause_number).shown if self.clause_number else ""
        return "、".join(part for part in (shown, self.article) if part)

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.state, self.due_on, timezone.localdate())

    def is_of_team(self, actor: Actor) -> bool:
        return self.visit.is_of_team(actor)

    def get_absolute_url(self) -> str:
        return reverse("findings:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("findings:transition", args=[self.pk, name])
