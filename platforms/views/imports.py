"""A list of members from a spreadsheet: chosen, looked at, taken as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.access.api import ActionView
from portal.core.dates import FiscalYear
from portal.core.problems import Refused
from portal.spreadsheets.api import UploadRefusedError, write_template

from ..forms import ListForm
from ..memberlist import MEMBER_LIST
from ..models import MemberImport, Platform
from ..services import annotated, fingerprint, open_kept, receive_members, take_members
from .base import FormView, of_platform

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# As many as a person can look through; the counts are of all.
_SHOWN = 300


class ListUploadView(FormView):
    model = Platform
    template = "platforms/import_form.html"

    def make_form(self, data: Any = None) -> ListForm:
        return ListForm(data, self.request.FILES if data is not None else None)

    def save(self, form: ListForm) -> MemberImport:
        return receive_members(
            actor=self.actor,
            platform=self.subject,
            upload=form.cleaned_data["file"],
            side=form.cleaned_data["side"],
            joined_on=form.cleaned_data["joined_on"],
        )

    def texts(self) -> dict[str, Any]:
        past = self.subject.imports.select_related("document", "uploaded_by")
        return of_platform(
            self.subject,
            title="名簿から取り込む",
            button="取り込む前に確認する",
            done="名簿を読み取りました。まだ何も登録していません。",
            past=past.order_by("-uploaded_at")[:10],
        )


class TemplateDownloadView(ActionView):
    """The list to fill in, empty; any list of one's own is read as well."""

    action = "platforms.edit"
    model = Platform

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        content = write_template(
            MEMBER_LIST,
            fiscal_year=FiscalYear.of(timezone.localdate()).label,
            body=self.actor.organisation_name,
            issued_at=timezone.localtime(),
        )
        return download(content, "参画団体の名簿.xlsx")


class ImportView(ActionView):
    """What a list would change, with what was taken for one body, before anything is written."""

    action = "platforms.edit"
    model = MemberImport

    def get_queryset(self) -> Any:
        joined = super().get_queryset().select_related("document", "uploaded_by")
        return joined.select_related("platform__owner")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        separate = frozenset(int(n) for n in request.POST.getlist("separate") if n.isdecimal())
        try:
            plan = take_members(
                actor=self.actor,
                held=self.subject,
                separate=separate,
                seen=request.POST.get("seen", ""),
            )
        except Refused as refusal:
            return self._page(request, refusal.reasons, status=409)
        except UploadRefusedError as refused:
            return self._page(request, [refused.message], status=409)
        messages.success(
            request,
            f"「{self.subject}」を取り込みました。\n"
            f"新規{len(plan.new)}団体、変更{len(plan.changed)}団体。",
        )
        return redirect("platforms:members", self.subject.platform_id)

    def _page(
        self, request: HttpRequest, reasons: Sequence[str] = (), status: int = 200
    ) -> HttpResponse:
        held: MemberImport = self.subject
        try:
            plan = open_kept(held)
        except UploadRefusedError as refused:
            plan, reasons = None, [refused.message]
        context: dict[str, Any] = {
            "held": held,
            "platform": held.platform,
            "plan": plan,
            "reasons": reasons,
            "seen": fingerprint(held.platform),
        }
        if plan is not None:
            context |= {
                "counts": [
                    ("新規", len(plan.new), "団体"),
                    ("変更", len(plan.changed), "団体"),
                    ("変更なし", len(plan.same), "団体"),
                ],
                "merged": plan.merged[:_SHOWN],
                "new": plan.new[:_SHOWN],
                "problems": plan.problems[:_SHOWN],
                "may_take": not plan.errors
                and held.taken_at is None
                and bool(plan.new or plan.changed),
            }
        return render(request, "platforms/import.html", context, status=status)


class AnnotatedView(ActionView):
    """The same list with every problem on its cell."""

    action = "platforms.edit"
    model = MemberImport

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("document", "platform")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        try:
            content = annotated(self.subject)
        except UploadRefusedError as refused:
            raise Refused([refused.message]) from None
        name = self.subject.document.title.rpartition(".")[0] or self.subject.document.title
        return download(content, f"{name}_確認.xlsx")


def download(content: bytes, name: str, kind: str = XLSX) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
