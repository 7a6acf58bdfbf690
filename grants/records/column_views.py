"""What the portal remembers of a contractor's columns: the list, and forgetting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView

from .models import ColumnName
from .services import forget_column


class ColumnsView(ActionView):
    action = "records.columns"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = ColumnName.objects.for_user(self.actor).select_related(
            "contractor__grantee", "chosen_by"
        )
        return render(request, "records/columns.html", {"rows": rows.order_by("type_code", "text")})


class ForgetColumnView(ActionView):
    action = "records.forget_column"
    model = ColumnName

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        forget_column(actor=self.actor, name=self.subject)
        messages.success(request, "列の名前を忘れました。")
        return redirect("records:columns")
