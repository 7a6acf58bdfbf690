"""仕入控除税額: who owes a figure, writing a report, and the computation beside what was typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from grants.filings.api import Filing
from grants.input_tax.api import (
    Duty,
    InputTaxReport,
    RecipientTax,
    decide_less,
    duties,
    save_purchases,
    save_report,
    start_correction,
    start_report,
)
from grants.kinds.discontinuance.stating import as_values
from grants.programmes.api import Programme, named_year
from portal.access.api import CABINET_OFFICE, ActionView
from portal.accounts.api import Organisation
from portal.core.problems import Refused, Stale
from portal.ui.api import SavingView
from portal.workflow.api import buttons

from .forms import (
    CorrectionForm,
    LessForm,
    PurchaseRows,
    SummaryForm,
    VersionForm,
    bought_of,
    recipient_forms,
)
from .kind import amount_rows, computed_rows, judgements_of, share_for

_SHOWN = (("open", "済んでいないもの"), ("late", "期限を過ぎたもの"), ("all", "すべて"))


class ListView(ActionView):
    """All bodies and years: who owes a figure, and who is late. To a prefecture its own."""

    action = "input_tax.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        awards = Award.objects.for_user(self.actor)
        years = list(
            Programme.objects.filter(awards__in=awards.filter(settlement__isnull=False))
            .distinct()
            .order_by("-fiscal_year")
        )
        chosen = named_year(years, request.GET.get("year", ""))
        if chosen is not None:
            awards = awards.filter(programme=chosen)
        order = ("-programme__fiscal_year", "grantee__prefecture_id", "id")
        found = duties(self.actor, awards.order_by(*order))
        shown = request.GET.get("show", "open")
        context = {
            "years": years,
            "year": chosen,
            "shows": _SHOWN,
            "show": shown if shown in dict(_SHOWN) else "open",
            "rows": [one for one in found if _is_shown(one, shown)],
            "open": sum(one.is_open for one in found),
            "late": sum(one.is_late for one in found),
            "returned": sum(one.returned for one in found),
            "has_any": bool(found),
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_start": self.may("input_tax.start"),
        }
        return render(request, "input_tax/list.html", context)


def _is_shown(duty: Duty, shown: str) -> bool:
    return shown == "all" or (duty.is_late if shown == "late" else duty.is_open)


class StartView(ActionView):
    """Begins the report of an award, or goes on with it."""

    action = "input_tax.start"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = start_report(actor=self.actor, award=self.subject)
        return redirect(filing.working_url)


class CorrectView(ActionView):
    """A recipient's return was corrected: begins another report on the confirmed one."""

    action = "input_tax.correct"
    model = InputTaxReport

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("filing__programme", "award")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return redirect(start_correction(actor=self.actor, report=self.subject).working_url)


class LessView(SavingView):
    """決定権者: what follows from a corrected report that says less."""

    action = "input_tax.decide_less"
    model = InputTaxReport
    template_name = "input_tax/less.html"
    said = "減額の措置を決めました。\n都道府県に知らせます。"

    def get_queryset(self) -> Any:
        seen = super().get_queryset().select_related("filing__programme", "filing__grantee")
        return seen.select_related("award", "corrects__filing__programme", "lessening")

    def form(self, data: Any = None, files: Any = None) -> LessForm:
        office = Organisation.objects.get(pk=self.actor.organisation_id)
        return LessForm(data, counts_numbers=office.counts_numbers)

    def save(self, form: LessForm) -> Filing:
        decide_less(actor=self.actor, report=self.subject, **form.cleaned_data)
        filing: Filing = self.subject.filing
        return filing


class EditView(ActionView):
    """One page: each recipient's tax, and line by line what comes of it."""

    action = "input_tax.view"
    model = InputTaxReport

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related(
                "filing__programme",
                "filing__grantee__prefecture",
                "award__programme",
                "award__grantee",
                "award__decision",
                "award__settlement",
                "corrects__filing__programme",
            )
        )

    def _form(self, data: Any = None) -> SummaryForm:
        names = ("summary", "correction", "corrected_on")
        form = SummaryForm if self.subject.corrects_id is None else CorrectionForm
        first = {name: getattr(self.subject, name) for name in names}
        return form(data, initial=first, version=self.subject.version)

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = self.subject.filing
        if not filing.is_with_its_body:
            return redirect(filing)
        return self._page(request, self._form(), recipient_forms(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.may("input_tax.edit", self.subject.filing):
            return redirect(self.subject.filing)
        form = self._form(request.POST)
        rows = recipient_forms(self.subject, request.POST)
        if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
            return self._page(request, form, rows, status=422)
        try:
            save_report(
                actor=self.actor,
                report=self.subject,
                seen_version=form.seen_version,
                summary=form.cleaned_data["summary"],
                correction=form.cleaned_data.get("correction", ""),
                corrected_on=form.cleaned_data.get("corrected_on"),
                rows={UUID(str(row.row.uid)): row.cleaned_data for row in rows},
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, rows, status=409)
        messages.success(request, "保存し、計算し直しました。")
        return redirect(self.subject)

    def _page(
        self, request: HttpRequest, form: SummaryForm, rows: list[Any], status: int = 200
    ) -> HttpResponse:
        report, filing = self.subject, self.subject.filing
        found = computed_rows(report)
        by_uid = {row.uid: computed for row, computed in found}
        context = {
            "form": form,
            "rows": [(row, by_uid[row.row.uid]) for row in rows],
            "row_forms": rows,
            "report": report,
            "filing": filing,
            "share": share_for(report),
            "buttons": buttons(filing, self.actor),
            "amount_rows": amount_rows(report, found),
            "judgements": as_values(judgements_of(report, found)),
            "may_edit": self.may("input_tax.edit", filing),
        }
        return render(request, "input_tax/edit.html", context, status=status)


class PurchasesView(ActionView):
    """What one recipient bought, with each seller's 登録番号."""

    action = "input_tax.edit"
    model = InputTaxReport

    def get_queryset(self) -> Any:
        seen = super().get_queryset().select_related("filing__programme", "filing__grantee")
        return seen.select_related("award__programme")

    def get(self, request: HttpRequest, pk: Any, uid: UUID) -> HttpResponse:
        row = self._row(uid)
        names = ("uid", "supplier", "bought_on", "percent", "use", "amount")
        first = list(row.purchases.values(*names, registered=F("number")))
        rows = PurchaseRows(prefix="purchases", initial=first)
        return self._page(request, row, VersionForm(version=self.subject.version), rows)

    def post(self, request: HttpRequest, pk: Any, uid: UUID) -> HttpResponse:
        row = self._row(uid)
        form = VersionForm(request.POST, version=self.subject.version)
        rows = PurchaseRows(request.POST, prefix="purchases")
        if rows.is_row_action:
            form.forget_errors()
            rows.forget_errors()
            return self._page(request, row, form, rows)
        if not all([form.is_valid(), rows.is_valid()]):
            return self._page(request, row, form, rows, status=422)
        try:
            save_purchases(
                actor=self.actor, row=row, seen_version=form.seen_version, bought=bought_of(rows)
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, row, form, rows, status=409)
        messages.success(request, "仕入れを保存し、計算し直しました。")
        return redirect(self.subject)

    def _row(self, uid: UUID) -> RecipientTax:
        found: RecipientTax | None = self.subject.rows.filter(uid=uid).first()
        if found is None:
            raise Http404
        return found

    def _page(
        self,
        request: HttpRequest,
        row: RecipientTax,
        form: VersionForm,
        rows: Any,
        status: int = 200,
    ) -> HttpResponse:
        terms = self.subject.award.programme.terms()
        context = {
            "form": form,
            "rows": rows,
            "report": self.subject,
            "recipient": row,
            "transition": [(day, int(share * 100)) for day, share in terms.input_tax_transition],
        }
        return render(request, "input_tax/purchases.html", context, status=status)
