"""遂行状況報告: who owes which, writing one, and asking for one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from grants.changes.api import (
    ProgressReport,
    call_for_progress,
    draw_again,
    save_progress,
    start_progress,
)
from grants.kinds.discontinuance.stating import as_values
from grants.plans.api import platform_uid
from grants.programmes.api import Programme, named_year
from grants.settlements.api import recorded_work
from portal.access.api import CABINET_OFFICE, ActionView
from portal.core.problems import Refused, Stale
from portal.workflow.api import buttons

from .forms import CallForm, SummaryForm, row_forms
from .kind import amount_rows, judgements_of, read
from .standing import due_of, standings


class ListView(ActionView):
    """Every award of a year with the days it reports on: to a prefecture its own."""

    action = "progress.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        awards = Award.objects.for_user(self.actor).in_force()
        years = list(
            Programme.objects.filter(awards__in=awards).distinct().order_by("-fiscal_year")
        )
        chosen = named_year(years, request.GET.get("year", "")) or next(iter(years), None)
        rows = standings(
            self.actor, awards.filter(programme=chosen).order_by("grantee__prefecture_id", "id")
        )
        context = {
            "years": years,
            "year": chosen,
            "rows": rows,
            "open": sum(one.is_open for one in rows),
            "late": sum(one.is_late for one in rows),
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_start": self.may("progress.start"),
            "may_call": self.may("progress.call"),
        }
        return render(request, "progress/list.html", context)


class StartView(ActionView):
    """Begins the report of a day, or goes on with it."""

    action = "progress.start"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        due = due_of(self.subject, _day(request.POST.get("as_of", "")))
        if due is None:
            raise Http404
        filing = start_progress(actor=self.actor, award=self.subject, due=due)
        return redirect(filing.working_url)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class EditView(ActionView):
    """One page: what contracts were paid stands there already; the rest is typed beside it."""

    action = "progress.view"
    model = ProgressReport

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
                "award__revision",
            )
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = self.subject.filing
        if not filing.is_with_its_body:
            return redirect(filing)
        if self.may("progress.edit", filing):
            draw_again(report=self.subject)
        first = {"summary": self.subject.summary}
        form = SummaryForm(initial=first, version=self.subject.version)
        return self._page(request, form, row_forms(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.may("progress.edit", self.subject.filing):
            return redirect(self.subject.filing)
        form = SummaryForm(request.POST, version=self.subject.version)
        rows = row_forms(self.subject, request.POST)
        if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
            return self._page(request, form, rows, status=422)
        try:
            save_progress(
                actor=self.actor,
                report=self.subject,
                seen_version=form.seen_version,
                summary=form.cleaned_data["summary"],
                rows={UUID(str(row.row.uid)): row.cleaned_data for row in rows},
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, rows, status=409)
        messages.success(request, "保存しました。")
        return redirect(self.subject)

    def _page(
        self, request: HttpRequest, form: SummaryForm, rows: list[Any], status: int = 200
    ) -> HttpResponse:
        report, filing = self.subject, self.subject.filing
        subject, recorded = read(report), recorded_work(report.award, report.as_of)
        platform = platform_uid(report.award.revision.plan_id)
        for form_row, row in zip(rows, subject.rows, strict=True):
            form_row.spent_percent = row.spent_percent
            form_row.recorded = recorded.get(form_row.row.activity_uid or platform)
        context = {
            "form": form,
            "rows": rows,
            "report": report,
            "filing": filing,
            "buttons": buttons(filing, self.actor),
            "amount_rows": amount_rows(subject),
            "judgements": as_values(judgements_of(report)),
            "may_edit": self.may("progress.edit", filing),
        }
        return render(request, "progress/edit.html", context, status=status)


class CallView(ActionView):
    """On request: every body of a year, or one, reports as of a day."""

    action = "progress.call"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, CallForm(programme=self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = CallForm(request.POST, programme=self.subject)
        if form.is_valid():
            try:
                call_for_progress(actor=self.actor, programme=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("due_on", list(refusal.reasons))
            else:
                messages.success(request, "報告を求めました。\n対象の団体に知らせます。")
                return redirect("progress:list")
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: CallForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "programme": self.subject}
        return render(request, "progress/call.html", context, status=status)
