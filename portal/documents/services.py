"""Asking for a PDF, making it once, and taking files as they come."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from portal.accounts.api import Organisation
from portal.core.actor import Actor, system
from portal.outbox.api import enqueue, handles
from portal.workflow.api import perform

from .keeping import discard, store
from .models import Document
from .states import DocumentState, Origin
from .uploads import Limits, check_upload, without_origin


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A paper that the portal makes. `context` gets the Document and returns the template's values.

    A changed template gets a new `version`; papers already made stay as they are.
    """

    name: str
    template: str
    version: str
    context: Callable[[Document], Mapping[str, Any]]


_kinds: dict[str, DocumentKind] = {}


def register_kind(kind: DocumentKind) -> None:
    _kinds[kind.name] = kind


def kind_names() -> frozenset[str]:
    """Of all that the portal prints."""
    return frozenset(_kinds)


def request_document(
    *,
    kind: str,
    title: str,
    subject: models.Model,
    payload_hash: str,
    issuer: Organisation | None,
    readers: Iterable[Organisation],
    case_id: UUID | None = None,
    is_filed: bool = False,
) -> Document:
    """Puts a paper in the queue, inside the caller's transaction; the same request makes one paper.

    `issuer` answers for what is on it, which anybody may ask of its seal; None for a draft or a copy
    for one's own use, which nobody issued.
    """
    known = _kinds[kind]
    key = f"{kind}:{subject.pk}:{payload_hash}:{known.version}"
    document, created = Document.objects.get_or_create(
        key=key,
        defaults={
            "origin": Origin.GENERATED,
            "state": DocumentState.QUEUED,
            "kind": kind,
            "title": title,
            "subject_type": subject._meta.label_lower,
            "subject_id": str(subject.pk),
            "case_id": case_id,
            "payload_hash": payload_hash,
            "issued_by": issuer.name if issuer else "",
            "template_version": known.version,
            "is_filed": is_filed,
        },
    )
    if created:
        document.readers.set(readers)
        enqueue("documents.render", str(document.pk), {"pk": str(document.pk)})
    return document


def _give_up(payload: Mapping[str, Any]) -> None:
    document = Document.objects.get(pk=payload["pk"])
    if document.state == DocumentState.QUEUED:
        perform(Document, document.pk, "fail", system("documents.render"))


@handles("documents.render", gives_up=_give_up, queue="papers")
def render_document(payload: Mapping[str, Any]) -> None:
    """Renders, stores the file under its hash, and marks the paper ready; a repeat does nothing."""
    # Half a second and fifty megabytes that the web's processes need not pay.
    from . import pdf

    document = Document.objects.get(pk=payload["pk"])
    if document.state == DocumentState.READY:
        return
    if document.state == DocumentState.FAILED:
        perform(Document, document.pk, "retry", system("documents.render"))
    kind = _kinds[document.kind]
    html = render_to_string(kind.template, {"document": document, **kind.context(document)})
    rendered = pdf.render(html)
    with transaction.atomic():
        name, sha256 = store(rendered.content)
        Document.objects.filter(pk=document.pk).update(
            file=name,
            sha256=sha256,
            size=len(rendered.content),
            pages=rendered.pages,
            content_type="application/pdf",
            ready_at=timezone.now(),
        )
        perform(Document, document.pk, "finish", system("documents.render"))


def render_html(html: str) -> bytes:
    """A PDF that is no Document of its own, such as the index inside an archive."""
    from . import pdf

    return pdf.render(html).content


def attach(
    *,
    actor: Actor,
    upload: UploadedFile,
    kind: str,
    subject: models.Model,
    limits: Limits,
    readers: Iterable[Organisation] = (),
    case_id: UUID | None = None,
    keeps_origin: bool = True,
    is_table: bool = False,
) -> Document:
    """Checks a person's file and keeps it under its hash. Raises ValidationError with what to do.

    The same file attached twice to one subject under one kind is one document. Without its origin a
    photo is drawn anew, so that nobody learns from it where and with what it was taken. `is_table` is
    that of `check_upload`.
    """
    checked = check_upload(upload, limits, is_table=is_table)
    if not keeps_origin:
        checked = without_origin(checked)
    with transaction.atomic():
        name, sha256 = store(checked.content)
        document, created = Document.objects.get_or_create(
            key=f"{kind}:{subject.pk}:{sha256}:upload",
            defaults={
                "origin": Origin.UPLOADED,
                "state": DocumentState.READY,
                "kind": kind,
                "title": checked.name,
                "original_name": checked.name,
                "subject_type": subject._meta.label_lower,
                "subject_id": str(subject.pk),
                "case_id": case_id,
                "file": name,
                "sha256": sha256,
                "size": len(checked.content),
                "content_type": checked.content_type,
                "created_by_id": actor.user_id,
                "ready_at": timezone.now(),
            },
        )
        if created:
            own = Organisation.objects.filter(pk=actor.organisation_id)
            document.readers.set({*own, *readers})
        elif document.file != name:
            # Its content was replaced since, because something in it had to leave.
            discard(name)
    return document


def replace_content(
    *, document: Document, content: bytes, name: str, content_type: str, is_known_again: bool
) -> None:
    """Puts another content in place of an uploaded file's, whose own leaves the storage.

    With `is_known_again` the same file sent again is this document, without what was taken out of it;
    else it is a new one. Call it within the transaction of the act that says why.
    """
    old = document.file
    if not is_known_again:
        document.key = f"{document.key}:{document.pk}"
    document.file, document.sha256 = store(content)
    document.size, document.content_type = len(content), content_type
    document.title = document.original_name = name
    document.save(
        update_fields=["key", "file", "sha256", "size", "content_type", "title", "original_name"]
    )
    discard(old)


def file_with(document: Document, *, beside: Document, kind: str, title: str) -> None:
    """Puts an uploaded file beside a paper: of its subject and case, and read by its readers too.

    Call it within the transaction of the act that says why.
    """
    document.kind, document.title = kind, title[:200]
    document.subject_type, document.subject_id = beside.subject_type, beside.subject_id
    document.case_id, document.is_filed = beside.case_id, beside.is_filed
    document.save(
        update_fields=["kind", "title", "subject_type", "subject_id", "case_id", "is_filed"]
    )
    document.readers.set(beside.readers.all())


def take_away(document: Document) -> None:
    """An attachment that nothing was filed with leaves with its bytes, unless another document holds
    the same. Call it within the transaction of the act that says why.
    """
    name = document.file
    document.delete()
    discard(name)


def read_file(document: Document) -> bytes:
    """The bytes as kept. Raises ValueError when they no longer fit their hash."""
    with default_storage.open(document.file) as file:
        content: bytes = file.read()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ValueError(f"the file of document {document.pk} does not fit its hash")
    return content
