"""A PDF that the portal makes or a file that a person attached, each with its hash."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.accounts.api import Organisation, User

from .querysets import DocumentQuerySet
from .states import DocumentState, Origin


class Document(models.Model):
    """`key` of a generated one: kind, subject, hash of its sealed payload, template version.

    So asking twice for the same paper makes one. `sha256` is the file's own, `payload_hash` the
    seal printed on it, `issued_by` the office that answers for it under its name of that day (empty: a
    draft, a copy for one's own use, or a person's file). `is_filed` opens it to the Cabinet Office.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=250, unique=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    kind = models.CharField(max_length=60)
    title = models.CharField("名称", max_length=200)
    state = models.CharField(max_length=10, choices=DocumentState.choices)
    version = models.PositiveIntegerField(default=1)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    case_id = models.UUIDField(null=True)
    payload_hash = models.CharField("内容の識別値", max_length=64, blank=True)
    issued_by = models.CharField("発行者", max_length=200, blank=True)
    template_version = models.CharField(max_length=20, blank=True)
    readers = models.ManyToManyField(Organisation, related_name="documents")
    is_filed = models.BooleanField(default=False)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField("ファイルの識別値", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("大きさ", default=0)
    pages = models.PositiveIntegerField("ページ数", null=True)
    content_type = models.CharField(max_length=100, blank=True)
    original_name = models.CharField("元のファイル名", max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ready_at = models.DateTimeField(null=True)
    first_opened_at = models.DateTimeField("最初に開かれた時刻", null=True)
    error = models.TextField(blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "書類"
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "created_at"]),
            models.Index(fields=["payload_hash"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DocumentState.READY) | ~Q(sha256=""),
                name="document_ready_has_file",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:download", args=[self.pk])

    @property
    def is_ready(self) -> bool:
        return self.state == DocumentState.READY
