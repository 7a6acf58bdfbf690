"""The list of conditions that decisions choose from: text, legal basis, order, chosen at first or not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView
from portal.ui.api import QuantityField, RowForm, row_formset

from .models import Programme
from .services import replace_conditions


class ConditionRow(RowForm):
    order = QuantityField(label="順", max_value=999)
    text = forms.CharField(label="条件", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    basis = forms.CharField(label="根拠", max_length=60)
    is_default = forms.BooleanField(label="初めから選ぶ", required=False)


ConditionRows = row_formset(ConditionRow, title="交付の条件", extra=1, least=1, most=60)


class ConditionsView(ActionView):
    action = "programmes.edit"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        first = [
            {"order": c.order, "text": c.text, "basis": c.basis, "is_default": c.is_default}
            for c in self.subject.conditions.all()
        ]
        return self._page(request, ConditionRows(prefix="conditions", initial=first))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        rows = ConditionRows(request.POST, prefix="conditions")
        if rows.is_row_action:
            rows.forget_errors()
            return self._page(request, rows)
        if not rows.is_valid():
            return self._page(request, rows, status=422)
        # Rows with one number keep the order of the page.
        ordered = sorted(rows.filled, key=lambda row: row["order"])
        replace_conditions(actor=self.actor, programme=self.subject, rows=ordered)
        messages.success(request, "交付の条件（標準）を保存しました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, rows: Any, status: int = 200) -> HttpResponse:
        context = {"rows": rows, "programme": self.subject}
        return render(request, "programmes/conditions.html", context, status=status)
