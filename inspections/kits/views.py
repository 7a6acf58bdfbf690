"""The awards of a year with their kits, one award's kits, and the file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from portal.access.api import ActionView
from portal.core.problems import Refused

from .contents import SECTIONS
from .models import Kit
from .services import ask_for_kit, take_out

_PAGE = 50


class ListView(ActionView):
    action = "kits.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        awards = Award.objects.for_user(self.actor).select_related(
            "grantee", "programme", "decision"
        )
        page = Paginator(
            awards.order_by("-programme__fiscal_year", "grantee__prefecture_id"), _PAGE
        )
        context = {"page_obj": page.get_page(request.GET.get("page"))}
        return render(request, "kits/list.html", context)


class AwardView(ActionView):
    """One click makes a kit of the case; those made before stay."""

    action = "kits.make"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("grantee", "programme", "decision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        kits = Kit.objects.for_user(self.actor).filter(award=self.subject).for_pages()
        context = {"award": self.subject, "kits": list(kits[:20]), "parts": SECTIONS.values()}
        return render(request, "kits/award.html", context)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        kit = ask_for_kit(actor=self.actor, award=self.subject)
        messages.success(request, "検査の資料を作成しています。")
        return redirect(kit)


class DownloadView(ActionView):
    """Streamed from where it is kept."""

    action = "kits.make"
    model = Kit

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()

    def get(self, request: HttpRequest, pk: Any) -> StreamingHttpResponse:
        kit: Kit = self.subject
        if not kit.is_ready:
            raise Refused(["資料はまだできていないか、案件とともに廃棄されました。"])
        parts = take_out(actor=self.actor, kit=kit)
        response = StreamingHttpResponse(parts, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{kit.file_name}"'
        response["Content-Length"] = str(kit.size)
        response["Cache-Control"] = "private, no-store"
        return response
