"""Recording a payment under an award, and taking a wrong record back. The list is the award's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.awards.api import Award
from portal.access.api import ActionView
from portal.core.problems import Refused

from .forms import PaymentForm, UndoForm
from .models import Payment
from .services import record_payment, undo_payment
from .slots import ceiling_of, closed_on, net_paid


class RecordView(ActionView):
    action = "payments.record"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, PaymentForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = PaymentForm(request.POST)
        if form.is_valid():
            try:
                made = record_payment(actor=self.actor, award=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("amount", list(refusal.reasons))
            else:
                messages.success(request, "支払を記録しました。\n都道府県に知らせます。")
                return redirect(made)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: PaymentForm, status: int = 200) -> HttpResponse:
        award: Award = self.subject
        ceiling, paid, net = ceiling_of(award), award.payments.standing().total(), net_paid(award)
        context = {
            "form": form,
            "award": award,
            "ceiling": ceiling,
            "paid": paid,
            "ordered_back": paid - net,
            "left": max(0, ceiling - net),
            "closed": closed_on(award, timezone.localdate()) if ceiling > net else [],
        }
        return render(request, "payments/record.html", context, status=status)


class UndoView(ActionView):
    action = "payments.undo"
    model = Payment

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("award__grantee", "award__programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, UndoForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = UndoForm(request.POST)
        if form.is_valid():
            try:
                undo_payment(actor=self.actor, payment=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("reason", list(refusal.reasons))
            else:
                messages.success(request, "支払の記録を取り消しました。")
                return redirect(self.subject)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: UndoForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "payment": self.subject}
        return render(request, "payments/undo.html", context, status=status)
