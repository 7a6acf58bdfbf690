"""The list of a body's officers, kept encrypted for one inquiry and destroyed after its time."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.contractors.api import Contractor
from portal.accounts.api import User
from portal.core.encryption import decrypt, encrypt

from .querysets import OfficerListQuerySet
from .rules import Officer
from .states import Outcome


class OfficerList(models.Model):
    """役員名簿 (要領2(2), 暴力団排除). `sealed` is empty once it was destroyed; the rest remains.

    What was entered is never changed: a list with a fault is destroyed and entered anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contractor = models.ForeignKey(
        Contractor, on_delete=models.PROTECT, related_name="officer_lists"
    )
    sealed = models.BinaryField()
    count = models.PositiveSmallIntegerField("人数")
    collected_on = models.DateField("団体から受け取った日")
    destroy_on = models.DateField("廃棄する日")
    asked_on = models.DateField("照会日", null=True)
    answered_on = models.DateField("回答日", null=True)
    outcome = models.CharField("結果", max_length=12, choices=Outcome.choices, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=100)
    recorded_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField("廃棄した時刻", null=True)
    destroy_reason = models.CharField("廃棄の理由", max_length=300, blank=True)

    objects = OfficerListQuerySet.as_manager()

    class Meta:
        verbose_name = "役員名簿"
        ordering = ["-recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(destroy_on__gte=F("collected_on")), name="officers_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(sealed=b""),
                name="officers_destroyed_is_empty",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="officers_kept", fields=["contractor", "count", "collected_on", "destroy_on"]
            ),
            pgtrigger.Protect(name="officers_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.contractor}の役員名簿（{self.count}人）"

    @property
    def is_kept(self) -> bool:
        return self.destroyed_at is None

    def get_absolute_url(self) -> str:
        return reverse("officers:body", args=[self.contractor_id])

    def seal(self, officers: list[Officer]) -> None:
        """Bound to this row: the text of one list cannot be put into another."""
        rows = [{**asdict(one), "born_on": one.born_on.isoformat()} for one in officers]
        text = json.dumps({"list": str(self.pk), "rows": rows}, ensure_ascii=False)
        self.sealed, self.count = encrypt(text), len(officers)

    def officers(self) -> list[Officer]:
        """Raises ValueError where it was tampered with, or destroyed."""
        content = json.loads(decrypt(self.sealed))
        if content["list"] != str(self.pk):
            raise ValueError("sealed for another list")
        return [
            Officer(**{**row, "born_on": date.fromisoformat(row["born_on"])})
            for row in content["rows"]
        ]
