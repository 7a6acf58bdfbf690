"""開示請求 (情報公開法4条): what was asked for, what is shown of it, and what is hidden and why."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import SealedVersion
from portal.accounts.api import Organisation, User
from portal.documents.api import Document

from .grounds import Ground, grounds
from .querysets import BundleQuerySet, RequestQuerySet
from .states import OWED, BundleState, FileOutcome, Outcome, RequestState


class DisclosureRequest(models.Model):
    """Of one case. `requester` stands in no event, paper or message. `editors` prepared it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="disclosures")
    requester = models.CharField("請求した人", max_length=200)
    asked_for = models.TextField("請求された文書")
    received_on = models.DateField("請求を受けた日")
    due_on = models.DateField("開示決定等の期限")
    extension_reason = models.TextField("期限を延長した理由", blank=True)
    state = models.CharField(
        "状態", max_length=10, choices=RequestState.choices, default=RequestState.PREPARING
    )
    version = models.PositiveIntegerField(default=1)
    editors = models.ManyToManyField(User, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField("決定", max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField("不開示の理由", blank=True)
    document_number = models.CharField("文書番号", max_length=80, blank=True)
    decided_on = models.DateField("決裁日", null=True)
    issued_on = models.DateField("施行日", null=True)
    decided_by_name = models.CharField("決定した人", max_length=100, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = "開示請求"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(OWED)) | ~Q(document_number=""),
                name="disclosure_decided_has_number",
            )
        ]
        triggers = [pgtrigger.Protect(name="disclosure_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.grantee.name} {self.award.programme.year_label}の開示請求"

    @property
    def grantee(self) -> Organisation:
        return self.award.grantee

    @property
    def grantee_id(self) -> uuid.UUID:
        found: uuid.UUID = self.award.grantee_id
        return found

    @property
    def is_overdue(self) -> bool:
        return self.state in OWED and timezone.localdate() > self.due_on

    def get_absolute_url(self) -> str:
        return reverse("disclosures:detail", args=[self.pk])

    def transition_url(self, name: str) -> str:
        return reverse("disclosures:transition", args=[self.pk, name])


class Pick(models.Model):
    """A section of a sealed version that is disclosed, apart from what is hidden in it."""

    request = models.ForeignKey(DisclosureRequest, on_delete=models.CASCADE, related_name="picks")
    sealed = models.ForeignKey(SealedVersion, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=60)

    class Meta:
        verbose_name = "開示の対象"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "sealed", "section"], name="disclosure_pick_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sealed_id} {self.section}"


class Word(models.Model):
    """What a person decided of one word, throughout what is disclosed. Hidden, it has its ground;
    without one it is shown. `key` is the word as it is compared."""

    request = models.ForeignKey(DisclosureRequest, on_delete=models.CASCADE, related_name="words")
    key = models.CharField(max_length=200)
    text = models.CharField("語句", max_length=200)
    ground = models.CharField("不開示の根拠", max_length=5, blank=True)
    note = models.CharField("理由", max_length=200, blank=True)
    decided_by_name = models.CharField(max_length=100)

    class Meta:
        verbose_name = "語句"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "key"], name="disclosure_word_once")
        ]

    def __str__(self) -> str:
        return "隠す語句" if self.ground else "開示する語句"

    @property
    def basis(self) -> Ground:
        return grounds()[self.ground]


class FileRuling(models.Model):
    """What a person decided of one file of the case: given whole, as a masked copy, or not at all."""

    request = models.ForeignKey(DisclosureRequest, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("扱い", max_length=10, choices=FileOutcome.choices)
    ground = models.CharField("不開示の根拠", max_length=5, blank=True)
    note = models.CharField("理由", max_length=200, blank=True)
    masked = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="覆った写し"
    )
    decided_by_name = models.CharField(max_length=100)

    objects = models.Manager()

    class Meta:
        verbose_name = "ファイルの扱い"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "document"], name="disclosure_file_ruled_once"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=FileOutcome.PART) | Q(masked__isnull=False),
                name="disclosure_part_has_copy",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=sorted(FileOutcome.hiding())) | ~Q(ground=""),
                name="disclosure_hidden_file_has_ground",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())

    @property
    def basis(self) -> Ground | None:
        return grounds()[self.ground] if self.ground else None


class DisclosedText(models.Model):
    """What left the office: `payload` holds the masked text alone, for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.OneToOneField(
        DisclosureRequest, on_delete=models.PROTECT, related_name="disclosed"
    )
    payload = models.TextField()
    sha256 = models.CharField("内容の識別値", max_length=64)

    class Meta:
        verbose_name = "開示した文書"
        triggers = [
            pgtrigger.Protect(
                name="disclosed_text_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"開示した文書（{self.request.document_number}）"

    @property
    def grantee(self) -> Organisation:
        return self.request.grantee


class Bundle(models.Model):
    """開示する文書とファイル of one request as one ZIP; its bytes are kept under `sha256`, their own hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(DisclosureRequest, on_delete=models.PROTECT, related_name="bundles")
    state = models.CharField(
        "状態", max_length=10, choices=BundleState.choices, default=BundleState.QUEUED
    )
    version = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField("求めた人", max_length=100)
    asked_at = models.DateTimeField("求めた日時", auto_now_add=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField("ファイルの識別値", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("大きさ", default=0)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = "開示するファイルの一式"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=BundleState.READY) | ~Q(sha256=""),
                name="disclosure_bundle_ready_has_file",
            )
        ]
        triggers = [pgtrigger.Protect(name="disclosure_bundle_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.request} 開示するファイルの一式"

    @property
    def grantee(self) -> Organisation:
        return self.request.grantee

    @property
    def is_ready(self) -> bool:
        """Its file may be gone again, with the papers of its case."""
        return self.state == BundleState.READY and self.file != ""

    @property
    def file_name(self) -> str:
        return f"disclosure-{self.sha256[:12]}.zip"

    def get_absolute_url(self) -> str:
        return reverse("disclosures:bundle", args=[self.request_id])
