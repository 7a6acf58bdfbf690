"""What the portal remembers of a contractor's files: columns, cleared texts, and forgetting both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView

from .models import ClearedText, ColumnName
from .services import forget_cleared, forget_column


class ColumnsView(ActionView):
    action = "records.columns"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = ColumnName.objects.for_user(self.actor).select_related(
            "contractor__grantee", "chosen_by"
        )
        cleared = ClearedText.objects.for_user(self.actor).select_related(
            "contractor__grantee", "cleared_by"
        )
        context = {
            "rows": rows.order_by("type_code", "text"),
            "cleared": cleared.order_by("text", "pk"),
        }
        return render(request, "records/columns.html", context)


class ForgetColumnView(ActionView):
    action = "records.forget_column"
    model = ColumnName

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        forget_column(actor=self.actor, name=self.subject)
        messages.success(request, "列の名前を忘れました。")
        return redirect("records:columns")


class ForgetClearedView(ActionView):
    action = "records.forget_cleared"
    model = ClearedText

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        forget_cleared(actor=self.actor, cleared=self.subject)
        messages.success(request, "確かめた言葉を忘れました。")
        return redirect("records:columns")
