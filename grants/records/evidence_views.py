"""The evidence of a period: adding a file, and showing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import CONTRACTOR, ActionView
from portal.documents.api import read_file

from .evidence import add_evidence, evidence_of, removable, remove_evidence
from .forms import EvidenceForm
from .models import PeriodReport
from .states import ReportState
from .views import download


class EvidenceView(ActionView):
    action = "records.enter"
    model = PeriodReport

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, EvidenceForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if "remove" in request.POST:
            return self._remove(request)
        form = EvidenceForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                paper = add_evidence(
                    actor=self.actor, report=self.subject, upload=form.cleaned_data["file"]
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, f"「{paper.title}」を追加しました。")
                return redirect("records:evidence", self.subject.pk)
        return self._page(request, form, status=422)

    def _remove(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST["remove"]
        paper = next((one for one in evidence_of(self.subject) if str(one.pk) == wanted), None)
        if paper is None:
            raise Http404
        remove_evidence(actor=self.actor, report=self.subject, paper=paper)
        messages.success(request, f"「{paper.title}」を外しました。")
        return redirect("records:evidence", self.subject.pk)

    def _page(self, request: HttpRequest, form: EvidenceForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "report": self.subject,
            "papers": evidence_of(self.subject),
            "removable": removable(self.subject),
        }
        return render(request, "records/evidence.html", context, status=status)


class EvidenceFileView(ActionView):
    """One file, to whoever may read the records; pages show pictures through it."""

    action = "records.view"
    model = PeriodReport

    def get(self, request: HttpRequest, pk: Any, paper: Any) -> HttpResponse:
        report: PeriodReport = self.subject
        is_theirs = self.actor.role in CONTRACTOR or report.state != ReportState.OPEN
        found = evidence_of(report).filter(pk=paper).first() if is_theirs else None
        if found is None:
            raise Http404
        return download(read_file(found), found.original_name, found.content_type)
