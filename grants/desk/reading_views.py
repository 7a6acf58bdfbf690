"""Notes, the second reader and the programme's questions: pages beside the review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from grants.filings.api import Filing
from grants.programmes.api import Programme
from portal.access.api import ActionView
from portal.access.api import get as get_action
from portal.core.problems import Refused

from .forms import NoteForm, QuestionForm, ReaderForm, ReadingForm
from .models import ProgrammeQuestion
from .reading import (
    ask_question,
    confirm_reading,
    name_reader,
    retire_question,
    standing_reading,
    write_note,
)


class _FilingView(ActionView):
    """A page about one filing, with the reasons that a service gave against it."""

    model = Filing
    template_name = ""

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def page(
        self, request: HttpRequest, form: Any, reasons: tuple[str, ...] = (), status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "filing": self.subject,
            "row": get_action(self.action),
            "reading": standing_reading(self.subject),
            "reasons": reasons,
            "was_refused": bool(reasons),
        }
        return render(request, self.template_name, context, status=status)

    def back(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("reviews:review", args=[self.subject.pk]))


class NoteView(_FilingView):
    action = "desk.note"
    template_name = "desk/note.html"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self.page(request, NoteForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        try:
            write_note(actor=self.actor, filing=self.subject, text=form.cleaned_data["text"])
        except Refused as refusal:
            return self.page(request, form, refusal.reasons, status=409)
        messages.success(request, "審査のメモを保存しました。")
        return self.back()


class NameReaderView(_FilingView):
    action = "desk.name_reader"
    template_name = "desk/name_reader.html"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self.page(request, ReaderForm(reviewer_id=self.subject.reviewer_id))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = ReaderForm(request.POST, reviewer_id=self.subject.reviewer_id)
        if not form.is_valid():
            return self.page(request, form, status=422)
        try:
            name_reader(actor=self.actor, filing=self.subject, to=form.cleaned_data["reader"])
        except Refused as refusal:
            return self.page(request, form, refusal.reasons, status=409)
        messages.success(request, "二次確認者を決めました。")
        return self.back()


class ConfirmReadingView(_FilingView):
    action = "desk.confirm_reading"
    template_name = "desk/confirm_reading.html"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self.page(request, ReadingForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = ReadingForm(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        try:
            confirm_reading(
                actor=self.actor, filing=self.subject, opinion=form.cleaned_data["opinion"]
            )
        except Refused as refusal:
            return self.page(request, form, refusal.reasons, status=409)
        messages.success(request, "二次確認を記録しました。")
        return self.back()


class QuestionsView(ActionView):
    """The questions of one year; 制度管理者 adds to them."""

    action = "desk.questions"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, QuestionForm())

    def page(self, request: HttpRequest, form: QuestionForm, status: int = 200) -> HttpResponse:
        programmes = list(Programme.objects.for_user(self.actor).newest_first())
        asked = request.GET.get("year", "")
        chosen = next((p for p in programmes if not asked or str(p.fiscal_year) == asked), None)
        if chosen is None and programmes:
            raise Http404
        questions = ProgrammeQuestion.objects.for_user(self.actor).filter(programme=chosen)
        context = {
            "years": [(p.fiscal_year, p.year_label, p == chosen) for p in programmes],
            "programme": chosen,
            "questions": questions.order_by("retired_at", "order", "id"),
            "may_edit": self.may("desk.ask_question"),
            "form": form,
        }
        return render(request, "desk/questions.html", context, status=status)


class AskQuestionView(QuestionsView):
    action = "desk.ask_question"

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("desk:questions")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = QuestionForm(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        asked = request.GET.get("year", "")
        programmes = Programme.objects.for_user(self.actor).newest_first()
        chosen = next((p for p in programmes if str(p.fiscal_year) == asked), None)
        if chosen is None:
            raise Http404
        ask_question(
            actor=self.actor,
            programme=chosen,
            text=form.cleaned_data["text"],
            basis=form.cleaned_data["basis"],
        )
        messages.success(request, "確認項目を加えました。")
        return HttpResponseRedirect(f"{reverse('desk:questions')}?year={chosen.fiscal_year}")


class RetireQuestionView(ActionView):
    action = "desk.retire_question"
    model = ProgrammeQuestion

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return render(request, "desk/retire_question.html", {"question": self.subject})

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        retire_question(actor=self.actor, question=self.subject)
        messages.success(request, "確認項目を外しました。")
        year = self.subject.programme.fiscal_year
        return HttpResponseRedirect(f"{reverse('desk:questions')}?year={year}")
