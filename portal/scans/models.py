"""署名・押印済みの写し: a scan of a paper that the portal made, on its way to that paper's case."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.accounts.api import Organisation, User
from portal.documents.api import Document

from .querysets import ScanQuerySet
from .rules import Code, Reading, judge
from .states import Finding, ScanState


class Scan(models.Model):
    """`codes` is what the worker found, as [page, seal]; whose paper a seal is, is asked each time.

    `issued` is the paper that it is a copy of, once a person said so. `refusal` is one of
    `rules.REFUSALS`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="scans")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="scan")
    state = models.CharField(
        "状態", max_length=12, choices=ScanState.choices, default=ScanState.READING
    )
    version = models.PositiveIntegerField(default=1)
    codes = models.JSONField(default=list)
    refusal = models.CharField(max_length=20, blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_by_name = models.CharField("選んだ人", max_length=100)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    issued = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="signed_copies"
    )
    is_by_hand = models.BooleanField("二次元コードによらない", default=False)
    filed_by_name = models.CharField("綴じた人", max_length=100, blank=True)
    filed_at = models.DateTimeField("綴じた日時", null=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "署名・押印済みの写し"
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ScanState.FILED)
                | Q(issued__isnull=False, filed_at__isnull=False) & ~Q(filed_by_name=""),
                name="scan_filed_has_paper",
            )
        ]

    def __str__(self) -> str:
        return self.document.original_name

    def get_absolute_url(self) -> str:
        return reverse("scans:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("scans:transition", args=[self.pk, name])

    @property
    def case_id(self) -> uuid.UUID:
        found: uuid.UUID | None = self.issued.case_id if self.issued is not None else None
        return found or self.pk

    @property
    def reading(self) -> Reading:
        return judge(Code(page, seal) for page, seal in self.codes)

    @property
    def finding_label(self) -> str:
        return str(Finding(self.reading.finding).label)
