"""A contract or an indirect subsidy, what of the plan it is for, and who works on it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.activities.api import get_activity_type
from grants.awards.api import Award
from portal.access.api import CONTRACTOR, Role
from portal.accounts.api import Invitation, Organisation, User

from ..querysets import ContractPersonQuerySet, ContractQuerySet
from ..rules import next_month, periods_between
from ..states import (
    CONCLUDED,
    ContractKind,
    ContractState,
    Ground,
    Interval,
    Method,
    Settlement,
    SubsidyBasis,
    TaxStatus,
    TerminationGround,
)
from ..wording import Words, words_of
from .parties import Contractor


class Contract(models.Model):
    """For planned activities, by uid. Reported on month by month, by `due_day` of the next.

    `papers_asked` and `estimates_asked` are what the programme asked of its method when it was
    concluded; of one concluded before anything was asked for they are empty. An indirect subsidy has
    no method; it is given under the prefecture's own 要綱, asked for and decided.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="contracts")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="contracts")
    kind = models.CharField("種別", max_length=10, choices=ContractKind.choices)
    title = models.CharField("契約の名称", max_length=200)
    number = models.CharField("契約番号", max_length=60, blank=True)
    amount = models.PositiveBigIntegerField("契約額")
    signed_on = models.DateField("契約日")
    starts_on = models.DateField("期間の初日")
    ends_on = models.DateField("期間の末日")
    method = models.CharField("契約の方法", max_length=3, choices=Method.choices, blank=True)
    rules_name = models.CharField("交付要綱", max_length=200, blank=True)
    rules_on = models.DateField("交付要綱の日付", null=True, blank=True)
    applied_on = models.DateField("交付申請の日", null=True, blank=True)
    subsidy_basis = models.CharField(
        "補助の額", max_length=10, choices=SubsidyBasis.choices, blank=True
    )
    subsidy_rate = models.CharField("補助率", max_length=20, blank=True)
    ground = models.CharField("随意契約の号", max_length=1, choices=Ground.choices, blank=True)
    ground_reason = models.TextField("競争によらない理由", blank=True)
    selection_reason = models.TextField("選定の経過と理由", blank=True)
    single_estimate_reason = models.TextField("一者見積の理由", blank=True)
    dearer_reason = models.TextField("最も低い見積りによらない理由", blank=True)
    papers_asked = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    estimates_asked = models.PositiveSmallIntegerField(default=0)
    due_day = models.PositiveSmallIntegerField(
        "月報の期限（翌月の日）",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
    )
    report_interval = models.PositiveSmallIntegerField(
        "報告の間隔", choices=Interval.choices, default=Interval.MONTHLY
    )
    same_person_may_submit = models.BooleanField(default=False)
    settlement = models.CharField(
        "精算方式", max_length=10, choices=Settlement.choices, default=Settlement.FIXED
    )
    tax_status = models.CharField(
        "消費税", max_length=10, choices=TaxStatus.choices, default=TaxStatus.TAXABLE
    )
    final_due_on = models.DateField("最後の月報の期限", null=True, blank=True)
    taken_over_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    terminated_on = models.DateField("解除の日", null=True, blank=True)
    termination_ground = models.CharField(
        "解除の理由の種類", max_length=10, choices=TerminationGround.choices, blank=True
    )
    state = models.CharField(
        max_length=10, choices=ContractState.choices, default=ContractState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "契約"
        ordering = ["-starts_on", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="contract_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(due_day__gte=1, due_day__lte=28), name="contract_due_day_exists"
            ),
            models.CheckConstraint(
                condition=Q(method=Method.NEGOTIATED) | Q(ground=""), name="contract_ground_of_neg"
            ),
            models.CheckConstraint(
                condition=Q(kind=ContractKind.SUBSIDY) | ~Q(method=""), name="contract_has_method"
            ),
            models.CheckConstraint(
                condition=~Q(state=ContractState.TERMINATED) | Q(terminated_on__isnull=False),
                name="contract_terminated_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def case_id(self) -> uuid.UUID:
        """The application under whose award it stands: one timeline."""
        return self.award.decision.filing_id

    @property
    def is_subsidy(self) -> bool:
        return self.kind == ContractKind.SUBSIDY

    @property
    def words(self) -> Words:
        return words_of(self.kind)

    @property
    def state_label(self) -> str:
        label: str = self.get_state_display()
        return self.words.states.get(self.state, label)

    @property
    def subsidy_said(self) -> str:
        """補助率による（1/2）; empty where nothing was said."""
        said = self.get_subsidy_basis_display()
        return f"{said}（{self.subsidy_rate}）" if self.subsidy_rate else said

    @property
    def is_draft(self) -> bool:
        return self.state == ContractState.DRAFT

    @property
    def is_concluded(self) -> bool:
        return self.state in CONCLUDED

    @property
    def last_day(self) -> date:
        """Of its period, cut short where it was terminated."""
        return min(self.ends_on, self.terminated_on) if self.terminated_on else self.ends_on

    @property
    def periods(self) -> list[tuple[date, date]]:
        """First and last month of each report, by their first days."""
        return periods_between(self.starts_on, self.last_day, self.report_interval)

    def due_on(self, month: date) -> date:
        """The last day on which the month's report is in time; the last one may be due earlier."""
        usual = next_month(month) + timedelta(days=self.due_day - 1)
        is_last = next_month(month) > self.ends_on
        return self.final_due_on if is_last and self.final_due_on else usual

    def get_absolute_url(self) -> str:
        return reverse("contractors:contract", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("contractors:contract_transition", args=[self.pk, name])


class ContractActivity(models.Model):
    """The platform or one activity of the plan, by the uid that it has in all revisions."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="activities")
    activity_uid = models.UUIDField()
    type_code = models.CharField(max_length=2)
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "契約する取組"
        ordering = ["type_code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "activity_uid"], name="contract_activity_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """⑦ 相談・居場所・交流"""
        return get_activity_type(self.type_code).title


class ContractPerson(models.Model):
    """Who of the body works on this contract, and as what: nobody else of the body sees it.

    Either invited to it (whoever accepts), or a member whom its 責任者 put on it. With `sub_body` it
    is somebody of another body to which a part of the work was passed on: they record the activities
    of `activity_uids` and see nothing else of the contract, until `ended_at`.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(
        "役割", max_length=20, choices=[(r.value, r.label) for r in Role if r.value in CONTRACTOR]
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, null=True)
    sub_body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    activity_uids = ArrayField(models.UUIDField(), default=list)
    ended_at = models.DateTimeField("終わった時刻", null=True)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ContractPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "契約の担当者"
        ordering = ["-role", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) ^ Q(invitation__isnull=False),
                name="contract_person_is_one",
            ),
            models.UniqueConstraint(
                fields=["contract", "user", "role"],
                condition=Q(user__isnull=False, ended_at__isnull=True),
                name="contract_person_once",
            ),
            models.CheckConstraint(
                condition=Q(sub_body__isnull=True) | Q(role=Role.RECORDER),
                name="contract_person_of_other_body_records",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_role_display()}）"

    @property
    def name(self) -> str:
        if self.user is not None:
            return self.user.name
        assert self.invitation is not None  # the constraint: one of the two is there
        accepted = self.invitation.accepted_by
        return accepted.name if accepted is not None else self.invitation.name

    @property
    def is_waiting(self) -> bool:
        return self.invitation is not None and self.invitation.accepted_by_id is None
