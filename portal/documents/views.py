from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.access.api import PUBLIC, ActionView, Role
from portal.core.actor import Actor

from .models import Document
from .services import read_file
from .stamping import stamped
from .states import Origin


def send_document(request: HttpRequest, document: Document, taken: str = "") -> HttpResponse:
    """The file, or the page that says that it is being made. The caller asked who may read it.

    `taken` says by whom and when, on each page of a PDF and in the name of any file.
    """
    if not document.is_ready:
        return render(request, "documents/waiting.html", {"document": document}, status=202)
    if document.first_opened_at is None and document.origin == Origin.GENERATED:
        Document.objects.filter(pk=document.pk, first_opened_at=None).update(
            first_opened_at=timezone.now()
        )
    content, name = read_file(document), document.original_name or f"{document.title}.pdf"
    if taken and document.content_type == "application/pdf":
        content = stamped(content, taken)
    if taken:
        name = f"{taken}_{name}"
    response = HttpResponse(content, content_type=document.content_type)
    # Only our own PDFs open in the browser; what people sent is saved, never shown.
    shown = document.origin == Origin.GENERATED and "download" not in request.GET
    response["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    if not shown:
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


class DownloadView(ActionView):
    """The file itself, to whoever may read it; what is not ready says so and reloads."""

    action = "documents.read"
    model = Document

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return send_document(request, self.subject, _taken_by(self.actor))


def _taken_by(actor: Actor) -> str:
    """Of somebody who reads for a time: who, of which office, when. Nothing for anybody else."""
    if actor.role != Role.READER:
        return ""
    when = timezone.localtime().strftime("%Y-%m-%d %H.%M")
    return f"閲覧 {actor.organisation_name} {actor.name} {when}"


class VerifyView(ActionView):
    """Whoever holds a paper with its full SHA-256 learns whether, when and by whom it was issued.

    And nothing more: not what kind of paper it is, nor of whose case.
    """

    action = PUBLIC

    def get(self, request: HttpRequest, seal: str = "") -> HttpResponse:
        asked = re.sub(r"\s", "", request.GET.get("seal", seal)).lower()
        is_malformed = bool(asked) and not re.fullmatch(r"[0-9a-f]{64}", asked)
        found = Document.objects.issued_under(asked) if asked and not is_malformed else []
        context = {"asked": asked, "documents": found, "is_malformed": is_malformed}
        return render(
            request, "documents/verify.html", context, status=422 if is_malformed else 200
        )


class ListView(ActionView):
    """書類・通知: every paper this organisation may read, newest first."""

    action = "documents.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        documents = Document.objects.for_user(self.actor).order_by("-created_at")[:200]
        return render(request, "documents/list.html", {"documents": documents})
