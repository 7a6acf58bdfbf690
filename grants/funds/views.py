"""予算と支払: what may be spent in a year, the claims that wait, and paying one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from grants.carryovers.api import year_money
from grants.claims.api import Claim
from grants.payments.api import closed_on
from grants.programmes.api import Programme
from portal.access.api import ActionView
from portal.core.problems import Refused

from .forms import CorrectForm, PayForm, StepForm
from .models import FundRecord
from .services import correct_step, pay_claim, record_step, totals_of
from .years import chosen_year, years_with_awards


class YearView(ActionView):
    """A year's money from 予算成立 to the last payment, and the claims that wait for theirs."""

    action = "funds.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        years = years_with_awards()
        year = chosen_year(years, request.GET.get("year", ""), timezone.localdate())
        claims = Claim.objects.for_user(self.actor).to_pay()
        context = {
            "years": years,
            "year": year,
            "totals": totals_of(year.pk) if year else None,
            "carried": year_money(year.fiscal_year) if year else None,
            "records": FundRecord.objects.filter(programme=year).select_related(
                "corrected_by", "corrects"
            ),
            "claims": claims.filter(award__programme=year)
            .select_related("filing__programme", "filing__grantee", "account")
            .order_by("filing__submitted_at"),
            "may_record": self.may("funds.record"),
            "may_pay": self.may("funds.pay"),
        }
        return render(request, "funds/year.html", context)


def _to_year(programme: Programme) -> HttpResponse:
    return redirect(f"{reverse('funds:year')}?year={programme.fiscal_year}")


class RecordView(ActionView):
    action = "funds.record"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, StepForm(initial={"acted_on": timezone.localdate()}))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = StepForm(request.POST)
        if form.is_valid():
            try:
                record_step(actor=self.actor, programme=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("amount", list(refusal.reasons))
            else:
                messages.success(request, "記録しました。")
                return _to_year(self.subject)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: StepForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "year": self.subject, "totals": totals_of(self.subject.pk)}
        return render(request, "funds/record.html", context, status=status)


class CorrectView(ActionView):
    action = "funds.correct"
    model = FundRecord

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        names = ("acted_on", "document_number", "amount", "note")
        first = {name: getattr(self.subject, name) for name in names}
        return self._page(request, CorrectForm(initial=first))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = CorrectForm(request.POST)
        if form.is_valid():
            try:
                correct_step(actor=self.actor, wrong=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("amount", list(refusal.reasons))
            else:
                messages.success(request, "訂正しました。\n前の記録も残ります。")
                return _to_year(self.subject.programme)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: CorrectForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "wrong": self.subject, "year": self.subject.programme}
        return render(request, "funds/correct.html", context, status=status)


class PayView(ActionView):
    """One accepted claim, paid whole or in part."""

    action = "funds.pay"
    model = Claim

    def get_queryset(self) -> Any:
        found = super().get_queryset().with_payment()
        return found.select_related(
            "filing__grantee", "filing__programme", "award__programme", "award__grantee", "account"
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, PayForm(left=self.subject.left))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = PayForm(request.POST, left=self.subject.left)
        if form.is_valid():
            try:
                pay_claim(actor=self.actor, claim=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
            else:
                messages.success(request, "支払を記録しました。\n都道府県に知らせます。")
                return _to_year(self.subject.filing.programme)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: PayForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "claim": self.subject,
            "filing": self.subject.filing,
            "rests": self.subject.given_up.all(),
            "closed": closed_on(self.subject.award, timezone.localdate()),
            "totals": totals_of(self.subject.award.programme_id),
        }
        return render(request, "funds/pay.html", context, status=status)
