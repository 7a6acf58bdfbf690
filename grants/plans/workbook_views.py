"""Excelで入力する: download, upload, look at what would change, take it. Never obligatory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.access.api import ActionView
from portal.core.problems import Refused
from portal.spreadsheets.api import UploadRefusedError
from portal.ui.api import PortalForm, UploadField

from .models import PlanRevision, PlanUpload
from .uploads import annotated, open_kept, preview, receive_workbook, take_workbook
from .workbook import write_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# As many as a person can look through; the counts are of all.
_SHOWN = 300


class WorkbookForm(PortalForm):
    file = UploadField(label="記入したファイル", extensions=("xlsx",))


class WorkbookView(ActionView):
    """Both ways of the round trip on one page."""

    action = "plans.edit"
    model = PlanRevision

    def get_queryset(self) -> Any:
        return super().get_queryset().with_everything().select_related("filing__programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.subject.is_open:
            return redirect(self.subject.filing)
        return self._page(request, WorkbookForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.subject.is_open:
            raise Refused(["この計画は、決裁か審査の途中のため変更できません。"])
        form = WorkbookForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                upload = receive_workbook(
                    actor=self.actor, revision=self.subject, upload=form.cleaned_data["file"]
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                return redirect(upload)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: WorkbookForm, status: int = 200) -> HttpResponse:
        context = {
            "revision": self.subject,
            "filing": self.subject.filing,
            "programme": self.subject.plan.programme,
            "form": form,
            "uploads": self.subject.uploads.select_related("document", "uploaded_by").order_by(
                "-uploaded_at"
            )[:10],
        }
        return render(request, "plans/workbook.html", context, status=status)


class WorkbookDownloadView(ActionView):
    """The plan's tables as they are now."""

    action = "plans.view"
    model = PlanRevision

    def get_queryset(self) -> Any:
        return super().get_queryset().with_everything()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        revision: PlanRevision = self.subject
        terms = revision.plan.programme.terms()
        content = write_workbook(revision, terms, timezone.localtime())
        return _download(content, f"{revision.plan.grantee}_{terms.year_label}_計画の表.xlsx")


class UploadView(ActionView):
    """What a workbook would change, before anything is written; taking it writes all or nothing."""

    action = "plans.edit"
    model = PlanUpload

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("document", "uploaded_by")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        try:
            found = take_workbook(actor=self.actor, upload=self.subject, seen=_seen(request))
        except Refused as refusal:
            return self._page(request, refusal.reasons, status=409)
        except UploadRefusedError as refused:
            return self._page(request, [refused.message], status=409)
        done = "、".join(
            f"{label}{found.count(kind)}行"
            for label, kind in (("新規", "new"), ("変更", "changed"), ("削除", "removed"))
        )
        messages.success(request, f"「{self.subject.document.title}」を取り込みました。\n{done}。")
        return redirect(self.subject.revision)

    def _page(
        self, request: HttpRequest, reasons: Sequence[str] = (), status: int = 200
    ) -> HttpResponse:
        upload: PlanUpload = self.subject
        revision = PlanRevision.objects.with_everything().get(pk=upload.revision_id)
        upload.revision = revision
        try:
            found, is_older = preview(upload, open_kept(upload))
        except UploadRefusedError as refused:
            found, is_older, reasons = None, False, [refused.message]
        context = {
            "upload": upload,
            "revision": revision,
            "filing": revision.filing,
            "programme": revision.plan.programme,
            "found": found,
            "changes": found.changes[:_SHOWN] if found else [],
            "problems": found.problems[:_SHOWN] if found else [],
            "is_older": is_older,
            "reasons": reasons,
            "may_take": found is not None
            and not found.errors
            and not found.is_unchanged
            and revision.is_open
            and upload.taken_at is None,
            "seen": " ".join(f"{s.key}={s.version}" for s in revision.sections.all()),
        }
        if found is not None:
            context["counts"] = [
                ("新規", found.count("new"), "行"),
                ("変更", found.count("changed"), "行"),
                ("削除", found.count("removed"), "行"),
            ]
        return render(request, "plans/upload.html", context, status=status)


class AnnotatedView(ActionView):
    """The sender's own workbook again, with what is wrong marked where it stands."""

    action = "plans.edit"
    model = PlanUpload

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("document")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        upload: PlanUpload = self.subject
        upload.revision = PlanRevision.objects.with_everything().get(pk=upload.revision_id)
        try:
            content = annotated(upload)
        except UploadRefusedError:
            raise Http404 from None
        stem = upload.document.title.rpartition(".")[0] or upload.document.title
        return _download(content, f"{stem}_確認.xlsx")


def _seen(request: HttpRequest) -> dict[str, int]:
    """Section key → the version that the preview showed."""
    pairs = (part.rpartition("=") for part in request.POST.get("seen", "").split())
    return {key: int(version) for key, _, version in pairs if version.isdecimal()}


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
