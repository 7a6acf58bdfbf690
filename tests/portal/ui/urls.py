"""The portal's own addresses, and beside them pages that only a test needs."""

from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path

from portal.core.problems import Denied
from portal.ui.api import LongTextField, PortalForm, RowForm, YenField, conflict, row_formset
from portal.ui.errors import too_many_requests


class PlanForm(PortalForm):
    title = forms.CharField(label="取組の名称")
    aim = LongTextField(label="目的", max_length=10, required=False)


class LineForm(RowForm):
    price = YenField(label="単価")


Lines = row_formset(LineForm, title="積算内訳", extra=1, most=3)
saved: list[dict[str, str]] = []
answers: dict[str, Any] = {"status": 200}


def plan(request: HttpRequest) -> HttpResponse:
    """A form with rows that saves itself: the smallest page of the kind that most pages are."""
    if request.headers.get("X-Autosave"):
        saved.append(request.POST.dict())
        if answers["status"] != 200:
            return JsonResponse({"compare_url": "/compare/"}, status=answers["status"])
        return JsonResponse(
            {
                "saved_at": "2026-02-20T10:42:00+09:00",
                "section_version": 8,
                "problems": [{"id": "id_title", "text": "取組の名称を入力してください。"}],
                "totals": {"#total": "10,920,000"},
            }
        )
    form, lines = PlanForm(request.POST or None), Lines(request.POST or None, prefix="lines")
    if lines.is_row_action:
        form.forget_errors()
        lines.forget_errors()
    elif request.method == "POST":
        saved.append(request.POST.dict())
    return render(request, "plan.html", {"form": form, "lines": lines})


def _raise(error: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


def overtaken(request: HttpRequest) -> HttpResponse:
    return conflict(
        request, reasons=["佐藤さんが10時42分に先に保存しました。"], compare_url="/compare/"
    )


def _open(view: Any) -> Any:
    view.login_required = False
    return view


urlpatterns = [
    path("sample/", _open(plan)),
    path("broken/", _open(_raise(RuntimeError("on purpose")))),
    path("away/", _open(_raise(OperationalError("on purpose")))),
    path("big/", _open(_raise(RequestDataTooBig()))),
    path("denied/", _open(_raise(Denied(["「決定する」ができるのは、決定権者です。"])))),
    path("overtaken/", _open(overtaken)),
    path("often/", _open(too_many_requests)),
    path("", include("portal.urls")),
]

handler400 = "portal.ui.errors.bad_request"
handler403 = "portal.ui.errors.permission_denied"
handler404 = "portal.ui.errors.page_not_found"
handler500 = "portal.ui.errors.server_error"
