"""Months: the list, the overview, one month with its records, typing one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max, Min
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from grants.contractors.api import Contract
from portal.access.api import CABINET_OFFICE, CONTRACTOR, ActionView, Role
from portal.audit.api import story
from portal.core.actor import Actor
from portal.core.dates import FiscalYear
from portal.core.problems import Refused, Stale
from portal.documents.api import read_file
from portal.spreadsheets.api import write_template
from portal.workflow.api import TransitionView, buttons

from .evidence import evidence_of
from .filters import MonthFilter, read_month_filter
from .forms import BatchForm, LineReturnForm, RecordForm
from .models import ActivityRecord, PeriodReport, RecordBatch, ReportVersion
from .overview import lines, standing_of
from .papers import paper_of
from .presentation import month_figures, month_trend, record_table
from .services import delete_record, edit_record, enter_record, month_before, return_line
from .states import ReportState

_PAGE = 50
_NEWEST = 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListView(ActionView):
    """The contractor's months that have begun, newest first."""

    action = "records.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        begun = PeriodReport.objects.for_user(self.actor).begun(today)
        years = _years_of(self.actor)
        chosen = read_month_filter(request.GET, years)
        found = chosen.apply(begun).for_lists().with_counts()
        page = Paginator(found.order_by("-month", "type_code", "id"), _PAGE).get_page(
            request.GET.get("page")
        )
        context = {
            "rows": [(report, standing_of(report, today)) for report in page],
            "page_obj": page,
            "chosen": chosen,
            "tabs": chosen.tabs(begun),
            "years": _year_tabs(chosen, years),
        }
        return render(request, "records/list.html", context)


class OverviewView(ActionView):
    """Contract × month of one fiscal year (要領2(2)): what is not confirmed stays visible."""

    action = "records.overview"

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        visible = PeriodReport.objects.for_user(self.actor)
        years = _years_of(self.actor) or [FiscalYear.of(today)]
        year = self._chosen_year(request, years)
        months = list(year.months)
        contracts = Paginator(
            Contract.objects.for_user(self.actor)
            .concluded()
            .within(year)
            .order_by("contractor__grantee__prefecture_id", "contractor__kana", "id"),
            _PAGE,
        ).get_page(request.GET.get("page"))
        reports = (
            visible.filter(contract__in=list(contracts))
            .within(year)
            .for_lists()
            .order_by(
                "contract__contractor__grantee__prefecture_id",
                "contract__contractor__kana",
                "contract_id",
                "type_code",
                "activity_uid",
                "month",
            )
        )
        context = {
            "year_label": year.label,
            "years": [(y, FiscalYear(y).label, y == year) for y in years],
            "months": months,
            "lines": lines(reports, months, today),
            "page_obj": contracts,
            "is_office": self.actor.role in CABINET_OFFICE,
            "waiting": visible.unconfirmed().count(),
        }
        return render(request, "records/overview.html", context)

    def _chosen_year(self, request: HttpRequest, years: list[int]) -> FiscalYear:
        asked = request.GET.get("year", "")
        this_year = FiscalYear.of(timezone.localdate())
        if asked in map(str, years):
            return FiscalYear(int(asked))
        return this_year if this_year in years else FiscalYear(years[0])


def _years_of(actor: Actor) -> list[int]:
    """Fiscal years in which contracts run that this person sees, the newest first.

    Work that is carried on (繰越し) has months after the year of its award.
    """
    found = Contract.objects.for_user(actor).concluded()
    first, last = found.aggregate(a=Min("starts_on"), b=Max("ends_on")).values()
    if first is None:
        return []
    return list(range(FiscalYear.of(last), FiscalYear.of(first) - 1, -1))


def _year_tabs(chosen: MonthFilter, years: list[int]) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is the one shown; none where there is one year alone."""
    if len(years) < 2:
        return []
    every = [("", "すべての年度"), *((str(y), FiscalYear(y).label) for y in years)]
    return [(label, chosen.query(year=key), key == chosen.year) for key, label in every]


class MonthView(ActionView):
    """One month as both sides see it: figures, records, files, what can be done, its story."""

    action = "records.view"
    model = PeriodReport

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        report: PeriodReport = self.subject
        is_contractor = self.actor.role in CONTRACTOR
        found = ActivityRecord.objects.for_user(self.actor).filter(report=report)
        page = Paginator(found.order_by("held_on", "venue", "id"), 100).get_page(
            request.GET.get("page")
        )
        earlier = month_before(report)
        may_enter = self.may("records.enter", report)
        told = [
            entry
            for entry in reversed(story(report, self.actor))
            if is_contractor or not entry.is_internal
        ]
        context = {
            "report": report,
            "contract": report.contract,
            "standing": standing_of(report, timezone.localdate()),
            "is_contractor": is_contractor,
            "may_enter": may_enter,
            "may_return": self.actor.role == Role.DRAFTER and report.state == ReportState.SUBMITTED,
            "versions": report.versions.all(),
            "papers": evidence_of(report)
            if is_contractor or report.state != ReportState.OPEN
            else (),
            "page_obj": page,
            "table": record_table(report, page),
            "figures": month_figures(report, earlier, self.actor),
            "has_earlier": earlier is not None,
            "trend": month_trend(report, self.actor),
            "buttons": buttons(report, self.actor),
            "batches": RecordBatch.objects.for_user(self.actor)
            .filter(report=report)
            .select_related("document"),
            "form": BatchForm() if may_enter else None,
            "story": told[:_NEWEST],
            "earlier_story": told[_NEWEST:],
        }
        return render(request, "records/month.html", context)


class EnterView(ActionView):
    """One record typed by hand."""

    action = "records.enter"
    model = PeriodReport

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, RecordForm(report=self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = RecordForm(request.POST, report=self.subject)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            enter_record(
                actor=self.actor,
                report=self.subject,
                row=form.row,
                approximate=form.approximate,
                confirmed=form.reason,
                cleared=form.cleared,
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "記録を登録しました。")
        if "again" in request.POST:
            return redirect("records:enter", self.subject.pk)
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "report": self.subject}
        return render(request, "records/enter.html", context, status=status)


class _EntryView(ActionView):
    action = "records.edit"
    model = ActivityRecord

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("report__contract__award__decision")


class EditView(_EntryView):
    """A record again, with what was sent beside what is stored."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, RecordForm.of(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = RecordForm.of(self.subject, request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            edit_record(
                actor=self.actor,
                entry=self.subject,
                seen_version=form.seen_version,
                row=form.row,
                approximate=form.approximate,
                confirmed=form.reason,
                cleared=form.cleared,
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "記録を直しました。")
        return redirect(self.subject.report)

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        entry: ActivityRecord = self.subject
        sent = [
            (form.fields[key].label, text)
            for key, text in entry.originals.items()
            if key in form.fields and text
        ]
        context = {"form": form, "entry": entry, "report": entry.report, "sent": sent}
        return render(request, "records/edit.html", context, status=status)


class ReturnLineView(ActionView):
    """One line of a submitted month, sent back with a reason; told with the month's return."""

    action = "records.return_line"
    model = ActivityRecord

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("report__contract__award__decision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, LineReturnForm(initial={"reason": self.subject.return_reason}))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        reason = ""
        if "undo" not in request.POST:
            form = LineReturnForm(request.POST)
            if not form.is_valid():
                return self._page(request, form, status=422)
            reason = form.cleaned_data["reason"]
        return_line(actor=self.actor, entry=self.subject, reason=reason)
        messages.success(
            request,
            "行に印を付けました。\n「差し戻す」を押すと、委託先に伝わります。"
            if reason
            else "行の印を消しました。",
        )
        return redirect(self.subject.report)

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "entry": self.subject, "report": self.subject.report}
        return render(request, "records/return_line.html", context, status=status)


class PaperView(ActionView):
    """月報 as PDF, as it was submitted."""

    action = "records.view"
    model = ReportVersion

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("report")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        document = paper_of(self.subject)
        if document is None or not document.is_ready:
            messages.info(
                request, "月報のPDFを作成しています。\n少し待ってから、もう一度開いてください。"
            )
            return redirect(self.subject.report)
        return download(read_file(document), f"{document.title}.pdf", "application/pdf")


class DeleteView(_EntryView):
    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        context = {"entry": self.subject, "report": self.subject.report}
        return render(request, "records/delete.html", context)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        report = self.subject.report
        delete_record(actor=self.actor, entry=self.subject)
        messages.success(request, "記録を消しました。")
        return redirect(report)


class BlankFormView(ActionView):
    """The activity's form as XLSX, holding what is stored for the month."""

    action = "records.view"
    model = PeriodReport

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        report: PeriodReport = self.subject
        found = ActivityRecord.objects.for_user(self.actor).filter(report=report)
        known = {column.key for column in report.activity.record_spec.columns}
        rows = [
            {key: _cell(value) for key, value in entry.row.items() if key in known}
            for entry in found.select_related("report").order_by("held_on", "venue", "id")
        ]
        content = write_template(
            report.activity.record_spec,
            fiscal_year=FiscalYear.of(report.month).label,
            body=report.contract.contractor.name,
            issued_at=timezone.localtime(),
            rows=rows,
        )
        name = f"{report.activity.record_spec.name}_{report.month_label}.xlsx"
        return download(content, name, XLSX)


def _cell(value: Any) -> Any:
    return ("はい" if value else "いいえ") if isinstance(value, bool) else value


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Always saved, never shown: it may hold what others wrote."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


class ReportTransitionView(TransitionView):
    model = PeriodReport
    template_name = "records/report_transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists().with_counts()

    def extra_context(self) -> dict[str, Any]:
        report: PeriodReport = self.subject
        earlier = month_before(report)
        return {
            "figures": month_figures(report, earlier, self.actor),
            "has_earlier": earlier is not None,
        }

    def success_message(self, subject: PeriodReport) -> str:
        done = {
            "submit": "提出しました",
            "confirm": "確認しました",
            "send_back": "差し戻しました",
            "correct": "訂正のために戻しました",
        }
        return f"{subject.month_label}の月報を{done[self.row.name]}。"
