"""満了時措置: what becomes of a case when its time is over, and what was removed of it."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.awards.api import Award
from grants.filings.api import Filing
from grants.programmes.api import Programme
from portal.accounts.api import Organisation, User

from .querysets import DisposalQuerySet
from .states import OPEN, DisposalState, Measure


class Disposal(models.Model):
    """One measure on one case, proposed by one person and approved by another: of an award, or of an
    application that never became one (`filing`).

    `until` is the day to which the case was kept when it was proposed, `basis` how that was
    computed. `consent` is the number of the 内閣総理大臣's consent (公文書管理法8条2項).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, related_name="disposals")
    filing = models.ForeignKey(
        Filing, on_delete=models.PROTECT, null=True, related_name="disposals"
    )
    measure = models.CharField("満了時措置", max_length=10, choices=Measure.choices)
    reason = models.TextField("理由")
    until = models.DateField("保存期間の満了日", null=True)
    basis = models.JSONField("満了日の計算", default=list)
    extend_until = models.DateField("延長後の満了日", null=True)
    destination = models.CharField("移管先", max_length=100, blank=True)
    state = models.CharField(
        "状態", max_length=10, choices=DisposalState.choices, default=DisposalState.PROPOSED
    )
    version = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField("案を作った人", max_length=100)
    proposed_at = models.DateTimeField("案の日時", auto_now_add=True)
    decided_by_name = models.CharField("承認した人", max_length=100, blank=True)
    consent = models.CharField("廃棄の同意の文書番号", max_length=80, blank=True)
    note = models.TextField("承認しない理由", blank=True)

    objects = DisposalQuerySet.as_manager()

    class Meta:
        verbose_name = "満了時措置"
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(state__in=sorted(OPEN)),
                name="disposal_one_open",
            ),
            models.UniqueConstraint(
                fields=["filing"],
                condition=Q(state__in=sorted(OPEN)),
                name="disposal_one_open_of_filing",
            ),
            models.CheckConstraint(
                condition=Q(award__isnull=False, filing__isnull=True)
                | Q(award__isnull=True, filing__isnull=False),
                name="disposal_of_one_case",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="disposal_has_reason"),
            models.CheckConstraint(
                condition=~Q(measure=Measure.EXTEND) | Q(extend_until__isnull=False),
                name="disposal_extension_has_day",
            ),
        ]
        triggers = [pgtrigger.Protect(name="disposal_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.grantee.name} {self.programme.year_label} {self.get_measure_display()}"

    @property
    def case(self) -> Award | Filing:
        """What the measure is about; a constraint says that there is exactly one."""
        found = self.award or self.filing
        assert found is not None  # disposal_of_one_case
        return found

    @property
    def programme(self) -> Programme:
        found: Programme = self.case.programme
        return found

    @property
    def grantee(self) -> Organisation:
        return self.case.grantee

    @property
    def grantee_id(self) -> uuid.UUID:
        found: uuid.UUID = self.case.grantee_id
        return found

    @property
    def case_id(self) -> uuid.UUID:
        return self.case.case_id

    def get_absolute_url(self) -> str:
        if self.award_id is not None:
            return reverse("retention:award", args=[self.award_id])
        return reverse("retention:filing", args=[self.filing_id])

    def transition_url(self, name: str) -> str:
        return reverse("retention:transition", args=[self.pk, name])


class RemovedFile(models.Model):
    """An entry of the register that stays when the file is gone: what it was, and its hash.

    `document_id` is empty for a copy that was no document. `file` is where it was kept.
    """

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="removed")
    document_id = models.UUIDField(null=True)
    label = models.CharField("名称", max_length=200)
    file = models.CharField(max_length=200)
    sha256 = models.CharField("ファイルの識別値", max_length=64)
    size = models.PositiveBigIntegerField("大きさ")
    # Files of equal content are one file: held by another case too, it stays for that one.
    is_shared = models.BooleanField("別の案件にも同じファイルがある", default=False)
    removed_at = models.DateTimeField("廃棄した日時", null=True)

    class Meta:
        verbose_name = "廃棄したファイル"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disposal", "document_id", "file"],
                nulls_distinct=False,
                name="removed_file_once",
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="removed_file_kept", exclude=["removed_at", "is_shared"]),
            pgtrigger.Protect(name="removed_file_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.label
