"""収益状況: which years are to be reported on, writing a report, and the computation of what goes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from grants.income.api import (
    IncomeReport,
    basis_of,
    computed,
    duties,
    save_report,
    start_correction,
    start_report,
)
from grants.kinds.corrections import CorrectionView, LessenView, ReportView
from grants.kinds.discontinuance.stating import as_values
from grants.kinds.duty_lists import DutyListView
from portal.access.api import ActionView
from portal.core.problems import Refused, Stale
from portal.workflow.api import buttons

from .forms import ReportForm, lines_of, rows_of
from .kind import amount_rows, judgements_of


class ListView(DutyListView):
    action = "income.list"
    template_name = "income/list.html"
    start_action = "income.start"
    find = duties
    shows = (
        ("open", "済んでいないもの"),
        ("late", "期限を過ぎたもの"),
        ("waiting", "内閣府の確認待ち"),
        ("all", "すべて"),
    )


class StartView(ActionView):
    """Begins the report of the earliest year that is owed, or goes on with it."""

    action = "income.start"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return redirect(start_report(actor=self.actor, award=self.subject).working_url)


class CorrectView(CorrectionView):
    """A confirmed report was wrong."""

    action = "income.correct"
    model = IncomeReport
    start = start_correction


class LessView(LessenView):
    action = "income.decide_less"
    model = IncomeReport


class EditView(ReportView):
    """One page: the year's income and costs, and line by line what comes of them."""

    action = "income.view"
    model = IncomeReport

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("award__revision")

    def _form(self, data: Any = None) -> ReportForm:
        report = self.subject
        first = {"is_nothing": report.is_nothing, "summary": report.summary}
        return ReportForm(data, initial=first, version=report.version)

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.subject.filing.is_with_its_body:
            return redirect(self.subject.filing)
        return self._page(request, self._form(), *rows_of(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.may("income.edit", self.subject.filing):
            return redirect(self.subject.filing)
        form, (incomes, costs) = self._form(request.POST), rows_of(self.subject, request.POST)
        if incomes.is_row_action or costs.is_row_action:
            for one in (form, incomes, costs):
                one.forget_errors()
            return self._page(request, form, incomes, costs)
        if not all([form.is_valid(), incomes.is_valid(), costs.is_valid()]):
            return self._page(request, form, incomes, costs, status=422)
        try:
            save_report(
                actor=self.actor,
                report=self.subject,
                seen_version=form.seen_version,
                is_nothing=form.cleaned_data["is_nothing"],
                summary=form.cleaned_data["summary"],
                incomes=lines_of(incomes),
                costs=lines_of(costs),
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, incomes, costs, status=409)
        messages.success(request, "保存し、計算し直しました。")
        return redirect(self.subject)

    def _page(
        self, request: HttpRequest, form: ReportForm, incomes: Any, costs: Any, status: int = 200
    ) -> HttpResponse:
        report, filing = self.subject, self.subject.filing
        found, basis = computed(report), basis_of(report.award)
        context = {
            "form": form,
            "tables": (incomes, costs),
            "report": report,
            "filing": filing,
            "basis": basis,
            "found": found,
            "buttons": buttons(filing, self.actor),
            "amount_rows": amount_rows(found),
            "judgements": as_values(judgements_of(report)),
            "may_edit": self.may("income.edit", filing),
        }
        return render(request, "income/edit.html", context, status=status)
