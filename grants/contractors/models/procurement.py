"""How a contract was let: the papers that its method asks for, and the estimates that were compared."""

from __future__ import annotations

import uuid

from django.db import models

from portal.documents.api import Document

from .contracts import Contract


class EvidencePaper(models.Model):
    """That a file holds one of the papers which the programme names for the contract's method."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="named_papers")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("資料の種類", max_length=100)

    class Meta:
        verbose_name = "契約の方法を示す資料の種類"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "document", "name"], name="evidence_paper_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Estimate(models.Model):
    """見積書: who asked for how much, in yen; the contract is let to the one that was chosen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="estimates")
    name = models.CharField("見積りを出した者", max_length=200)
    amount = models.PositiveBigIntegerField("見積額")
    given_on = models.DateField("見積書の日付")
    is_chosen = models.BooleanField("契約の相手方とした", default=False)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "見積り"
        ordering = ["amount", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=models.Q(is_chosen=True), name="one_estimate_chosen"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="estimate_amount_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name
