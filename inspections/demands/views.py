"""Demands as the office issues them and as each body reports."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from portal.access.api import CABINET_OFFICE, ActionView
from portal.audit.api import story
from portal.core.problems import Refused, Stale
from portal.workflow.api import TransitionView, buttons

from .effects import ANSWER_FILE
from .forms import DemandForm, ReportForm, TimeForm
from .models import Demand, Extension, Report
from .presentation import as_csv, as_xlsx, drafted, papers_of, rows
from .services import (
    against_reminding,
    ask_for_time,
    edit_demand,
    remind,
    remove_paper,
    save_report,
    write_demand,
)
from .states import DemandState, ExtensionState

_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListView(ActionView):
    """The office's demands with how many reported; a prefecture's own, newest first."""

    action = "demands.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.actor.role in CABINET_OFFICE:
            found = Demand.objects.for_user(self.actor).with_counts().order_by("-created_at", "id")
            context = {"may_write": self.may("demands.write")}
            return self._page(request, "demands/list.html", found, context)
        mine = Report.objects.for_user(self.actor).for_lists()
        return self._page(
            request, "demands/mine.html", mine.order_by("-demand__issued_on", "id"), {}
        )

    def _page(
        self, request: HttpRequest, template: str, found: Any, context: dict[str, Any]
    ) -> HttpResponse:
        page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
        return render(request, template, {"page_obj": page, **context})


class WriteView(ActionView):
    action = "demands.write"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, DemandForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DemandForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        demand = write_demand(
            actor=self.actor,
            programme=form.cleaned_data["programme"],
            values=form.cleaned_data,
            questions=form.cleaned_data["questions"],
            grantees=form.bodies(),
        )
        messages.success(request, "下書きを保存しました。\n施行は、決定権者が行います。")
        return redirect(demand)

    def _page(self, request: HttpRequest, form: DemandForm, status: int = 200) -> HttpResponse:
        return render(request, "demands/write.html", {"form": form, "demand": None}, status=status)


class EditView(ActionView):
    action = "demands.edit"
    model = Demand

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, DemandForm.of(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = DemandForm.of(self.subject, request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            edit_demand(
                actor=self.actor,
                demand=self.subject,
                programme=form.cleaned_data["programme"],
                seen_version=form.seen_version,
                values=form.cleaned_data,
                questions=form.cleaned_data["questions"],
                grantees=form.bodies(),
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "下書きを保存しました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: DemandForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "demand": self.subject}
        return render(request, "demands/write.html", context, status=status)


class DetailView(ActionView):
    """What is asked, of whom, and all reports side by side."""

    action = "demands.view"
    model = Demand

    def get_queryset(self) -> Any:
        return super().get_queryset().with_counts().select_related("written_by", "programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        demand: Demand = self.subject
        questions = list(demand.questions.all())
        context = {
            "demand": demand,
            "questions": questions,
            "rows": rows(demand, self.actor),
            "bodies": demand.grantees.order_by("prefecture_id") if demand.is_draft else (),
            "buttons": buttons(demand, self.actor),
            "may_edit": self.may("demands.edit", demand),
            "may_remind": self.may("demands.remind", demand) and demand.owed,
            "story": list(reversed(story(demand, self.actor))),
        }
        return render(request, "demands/detail.html", context)


class ExportView(ActionView):
    """The table as XLSX, or as CSV in UTF-8."""

    action = "demands.export"
    model = Demand
    kind = "xlsx"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        demand: Demand = self.subject
        questions = list(demand.questions.all())
        found = rows(demand, self.actor)
        if self.kind == "csv":
            content, content_type = as_csv(questions, found), "text/csv; charset=utf-8"
        else:
            content, content_type = as_xlsx(demand, questions, found), _XLSX
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = content_disposition_header(
            True, f"報告の徴求_{demand.title}.{self.kind}"
        )
        return response


class RemindView(ActionView):
    """Lists who would be told before it is done."""

    action = "demands.remind"
    model = Demand

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, tuple(against_reminding(self.subject)))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        try:
            count = remind(actor=self.actor, demand=self.subject)
        except Refused as refusal:
            return self._page(request, refusal.reasons, status=409)
        messages.success(request, f"{count}団体に督促しました。")
        return redirect(self.subject)

    def _page(
        self, request: HttpRequest, reasons: tuple[str, ...], status: int = 200
    ) -> HttpResponse:
        owed = self.subject.reports.owed().for_lists().order_by("grantee__prefecture_id")
        context = {"demand": self.subject, "owed": owed, "reasons": reasons}
        return render(request, "demands/remind.html", context, status=status)


class ReportView(ActionView):
    """One body's report, as both sides see it; the office only what was reported."""

    action = "demands.report.view"
    model = Report

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        report: Report = self.subject
        is_office = self.actor.role in CABINET_OFFICE
        is_open = report.demand.state == DemandState.ISSUED
        extensions = list(
            report.extensions.select_related("report__grantee", "report__demand").order_by(
                "asked_at"
            )
        )
        context = {
            "report": report,
            "demand": report.demand,
            "questions": list(report.demand.questions.all()),
            "draft": () if is_office or not report.is_owed else drafted(report),
            "reportings": list(reversed(report.sealed.all())),
            "papers": papers_of([report], self.actor).get(str(report.pk), []),
            "extensions": [(one, buttons(one, self.actor)) for one in extensions],
            "is_asking": any(one.state == ExtensionState.ASKED for one in extensions),
            "buttons": buttons(report, self.actor),
            "may_write": is_open and self.may("demands.report.edit", report),
            "may_ask": is_open and self.may("demands.report.ask_time", report),
            "is_office": is_office,
            "story": list(reversed(story(report, self.actor))),
        }
        return render(request, "demands/report.html", context)


class ReportEditView(ActionView):
    action = "demands.report.edit"
    model = Report

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, ReportForm(report=self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if "remove" in request.POST:
            return self._remove(request)
        form = ReportForm(request.POST, request.FILES, report=self.subject)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            save_report(
                actor=self.actor,
                report=self.subject,
                seen_version=form.seen_version,
                texts=form.texts(),
                upload=form.cleaned_data["file"],
            )
        except ValidationError as error:
            form.add_error("file", error)
            return self._page(request, form, status=422)
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "報告を保存しました。\n内閣府へは、決裁者が報告すると届きます。")
        return redirect(self.subject)

    def _remove(self, request: HttpRequest) -> HttpResponse:
        try:
            name = remove_paper(
                actor=self.actor, report=self.subject, pk=request.POST.get("remove", "")
            )
        except Refused as refusal:
            form = ReportForm(report=self.subject)
            messages.error(request, "\n".join(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, f"「{name}」を外しました。")
        return redirect("demands:report_edit", self.subject.pk)

    def _page(self, request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
        found = papers_of([self.subject], self.actor).get(str(self.subject.pk), [])
        context = {
            "form": form,
            "report": self.subject,
            "demand": self.subject.demand,
            "papers": [one for one in found if one.kind == ANSWER_FILE and not one.is_filed],
        }
        return render(request, "demands/report_edit.html", context, status=status)


class AskTimeView(ActionView):
    action = "demands.report.ask_time"
    model = Report

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, TimeForm(report=self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = TimeForm(request.POST, report=self.subject)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            ask_for_time(
                actor=self.actor,
                report=self.subject,
                wanted_on=form.cleaned_data["wanted_on"],
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "期限の延長を申し出ました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: TimeForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "report": self.subject}
        return render(request, "demands/ask_time.html", context, status=status)


class DemandTransitionView(TransitionView):
    model = Demand
    template_name = "demands/transition.html"

    def extra_context(self) -> dict[str, Any]:
        demand: Demand = self.subject
        return {
            "demand": demand,
            "questions": demand.questions.all(),
            "bodies": demand.grantees.order_by("prefecture_id"),
            "owed": demand.reports.owed().count(),
        }


class ReportTransitionView(TransitionView):
    model = Report
    template_name = "demands/report_transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def extra_context(self) -> dict[str, Any]:
        report: Report = self.subject
        if report.is_owed:
            return {"answers": drafted(report)}
        sealed = report.sealed.last()
        questions = report.demand.questions.all()
        return {"answers": list(zip(questions, sealed.texts if sealed else (), strict=False))}

    def success_url(self, subject: Report) -> str:
        if self.actor.role in CABINET_OFFICE:
            return subject.demand.get_absolute_url()
        return subject.get_absolute_url()


class ExtensionTransitionView(TransitionView):
    model = Extension
    template_name = "demands/extension_transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("report__grantee", "report__demand")
