"""照会: a light question to one, some or all bodies, and each body's answer."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.accounts.api import Organisation, User

from .querysets import InquiryQuerySet, ReplyQuerySet
from .rules import is_late
from .states import InquiryState, ReplyState


class Inquiry(models.Model):
    """`grantees` are those to be asked; each has a Reply from the moment of opening."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField("件名", max_length=100)
    text = models.TextField("照会する内容")
    due_at = models.DateTimeField("回答の期限")
    grantees = models.ManyToManyField(Organisation, verbose_name="照会先", related_name="+")
    state = models.CharField(
        "状態", max_length=10, choices=InquiryState.choices, default=InquiryState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField("照会", null=True)
    closed_at = models.DateTimeField("終了", null=True)
    reminded_on = models.DateField("催促", null=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "照会"
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=InquiryState.DRAFT) | Q(opened_at__isnull=False),
                name="inquiry_open_has_moment",
            )
        ]

    def __str__(self) -> str:
        return f"照会「{self.title}」"

    def get_absolute_url(self) -> str:
        return reverse("inquiries:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("inquiries:transition", args=[self.pk, name])

    @property
    def is_draft(self) -> bool:
        return self.state == InquiryState.DRAFT

    @property
    def is_over(self) -> bool:
        """The due moment has passed; late answers are still taken until it is closed."""
        return timezone.now() > self.due_at


class Reply(models.Model):
    """One body's answer. What it attaches are documents of this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="replies")
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        "状態", max_length=10, choices=ReplyState.choices, default=ReplyState.WAITING
    )
    version = models.PositiveIntegerField(default=1)
    text = models.TextField("回答", blank=True)
    answered_at = models.DateTimeField("回答日時", null=True)
    answered_by_name = models.CharField("回答した人", max_length=100, blank=True)
    return_reason = models.TextField("差し戻した理由", blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "照会への回答"
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "grantee"], name="reply_once"),
            models.CheckConstraint(
                condition=Q(state=ReplyState.WAITING) | Q(answered_at__isnull=False),
                name="reply_answered_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grantee} {self.inquiry}への回答"

    def get_absolute_url(self) -> str:
        return reverse("inquiries:reply", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("inquiries:reply_transition", args=[self.pk, name])

    @property
    def is_late(self) -> bool:
        return is_late(self.state, self.inquiry.due_at, self.answered_at, timezone.now())
