"""Findings as the team writes them and as both sides read and answer them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inspections.visits.api import Visit
from portal.access.api import CABINET_OFFICE, ActionView
from portal.audit.api import story
from portal.documents.api import Document
from portal.ui.api import SavingView
from portal.workflow.api import TransitionView, buttons

from .forms import CorrectionForm, FindingForm
from .lessons import lessons, similar_to
from .models import Finding
from .services import edit_finding, save_correction, write_finding
from .slots import sections_of
from .states import REPORTED

_PAGE = 50


class ListView(ActionView):
    """Those that are not settled first, by the day on which their correction is due."""

    action = "findings.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Finding.objects.for_user(self.actor).for_lists().settled_last()
        context = {
            "page_obj": Paginator(found, _PAGE).get_page(request.GET.get("page")),
            "is_office": self.actor.role in CABINET_OFFICE,
        }
        return render(request, "findings/list.html", context)


class WriteView(SavingView):
    """Of one visit."""

    action = "findings.write"
    model = Visit
    template_name = "findings/write.html"
    said = "指摘を保存しました。\n通知は、決定権者が行います。"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def form(self, data: Any = None, files: Any = None) -> FindingForm:
        return FindingForm(data, files)

    def save(self, form: FindingForm) -> Finding:
        return write_finding(
            actor=self.actor,
            visit=self.subject,
            values=form.cleaned_data,
            upload=form.cleaned_data["file"],
        )


class EditView(SavingView):
    action = "findings.edit"
    model = Finding
    template_name = "findings/write.html"
    said = "指摘を保存しました。"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def form(self, data: Any = None, files: Any = None) -> FindingForm:
        return FindingForm.of(self.subject, data, files)

    def save(self, form: FindingForm) -> Finding:
        edit_finding(
            actor=self.actor,
            finding=self.subject,
            seen_version=form.seen_version,
            values=form.cleaned_data,
            upload=form.cleaned_data["file"],
        )
        found: Finding = self.subject
        return found


class CorrectionView(SavingView):
    """The plan and what was done, which may be saved half written."""

    action = "findings.correction"
    model = Finding
    template_name = "findings/correction.html"
    said = "是正の計画と報告を保存しました。\n内閣府へは、決裁者が報告すると届きます。"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def form(self, data: Any = None, files: Any = None) -> CorrectionForm:
        return CorrectionForm.of(self.subject, data, files)

    def save(self, form: CorrectionForm) -> Finding:
        save_correction(
            actor=self.actor,
            finding=self.subject,
            seen_version=form.seen_version,
            values=form.cleaned_data,
            upload=form.cleaned_data["file"],
        )
        found: Finding = self.subject
        return found


class DetailView(ActionView):
    """One finding from the fact to its end, as both sides see it."""

    action = "findings.view"
    model = Finding

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        finding: Finding = self.subject
        is_office = self.actor.role in CABINET_OFFICE
        context = {
            "finding": finding,
            "papers": Document.objects.for_user(self.actor).of_subject(finding),
            "buttons": buttons(finding, self.actor),
            "may_edit": self.may("findings.edit", finding),
            "may_correct": self.may("findings.correction", finding),
            "is_correction_shown": not is_office or finding.state in REPORTED,
            "similar": similar_to(finding, self.actor),
            "sections": sections_of(finding, self.actor),
            "story": list(reversed(story(finding, self.actor))),
        }
        return render(request, "findings/detail.html", context)


class LessonsView(ActionView):
    """Counts alone, by fault and by clause: the same page for everybody."""

    action = "findings.lessons"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "findings/lessons.html", {"lessons": lessons()})


class FindingTransitionView(TransitionView):
    model = Finding
    template_name = "findings/transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()
