"""所要額調査・協議: the list, opening one, answering it, comparing the answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from grants.allocations.api import (
    Statement,
    StatementSubject,
    Survey,
    SurveyKind,
    comparison,
    comparison_csv,
    comparison_xlsx,
    open_survey,
    read_subject,
    save_statement,
    start_statement,
)
from grants.filings.api import Filing
from portal.access.api import CABINET_OFFICE, ActionView
from portal.core.dates import now_jst, remaining_phrase
from portal.core.problems import Refused
from portal.workflow.api import buttons

from .forms import SurveyForm, row_forms, text_form
from .kind import amount_rows, judged


class ListView(ActionView):
    """Every survey: to a prefecture with its own answer, to the Cabinet Office with the count."""

    action = "needs.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        surveys = list(Survey.objects.for_user(self.actor).newest_first())
        filings = list(
            Filing.objects.for_user(self.actor)
            .of_kind(*SurveyKind.values)
            .for_lists()
            .exclude(state="withdrawn")
            .order_by("created_at")
        )
        by_survey: dict[tuple[Any, str, int], list[Filing]] = {}
        for one in filings:
            key = (one.programme_id, one.kind, one.round_number)
            by_survey.setdefault(key, []).append(one)
        now = now_jst()
        rows = []
        for survey in surveys:
            answers = by_survey.get((survey.programme_id, survey.kind, survey.round_number), [])
            rows.append(
                {
                    "survey": survey,
                    "remaining": remaining_phrase(survey.due_on, now),
                    "count": len(answers),
                    "filing": answers[0] if answers else None,
                }
            )
        context = {
            "rows": rows,
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_open": self.may("needs.open"),
            "may_answer": self.may("needs.answer"),
        }
        return render(request, "needs/list.html", context)


class OpenView(ActionView):
    action = "needs.open"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, SurveyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SurveyForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                survey = open_survey(
                    actor=self.actor,
                    programme=form.programme,
                    kind=given["kind"],
                    round_number=given["round"].number,
                    due_on=given["due_on"],
                    questions=given["questions"],
                )
            except Refused as refusal:
                form.add_error("kind", list(refusal.reasons))
            else:
                messages.success(request, f"{survey}を始めました。\n各都道府県に知らせます。")
                return redirect(survey)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: SurveyForm, status: int = 200) -> HttpResponse:
        return render(request, "needs/open.html", {"form": form}, status=status)


class AnswerView(ActionView):
    """Begins the body's own answer, or goes on with it."""

    action = "needs.answer"
    model = Survey

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = start_statement(actor=self.actor, survey=self.subject)
        return redirect("needs:edit", filing.pk)


class EditView(ActionView):
    """One page: a row an activity type, sums and what stands against filing it."""

    action = "needs.edit"
    model = Statement

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related(
                "filing__grantee__prefecture",
                "filing__programme",
                "survey__programme",
                "carried_from",
            )
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        subject = read_subject(self.subject)
        return self._page(request, subject, text_form(self.subject), row_forms(subject.rows))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        subject = read_subject(self.subject)
        form = text_form(self.subject, request.POST)
        rows = row_forms(subject.rows, request.POST)
        if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
            return self._page(request, subject, form, rows, status=422)
        texts = {name: form.cleaned_data[name] for name in form.fields if name != "form_version"}
        save_statement(
            actor=self.actor,
            filing=self.subject.filing,
            seen_version=form.seen_version,
            rows=[row.typed for row in rows],
            **texts,
        )
        messages.success(request, "保存しました。")
        return redirect("needs:edit", pk)

    def _page(
        self,
        request: HttpRequest,
        subject: StatementSubject,
        form: Any,
        rows: Any,
        status: int = 200,
    ) -> HttpResponse:
        statement: Statement = self.subject
        context = {
            "filing": statement.filing,
            "survey": statement.survey,
            "form": form,
            "rows": rows,
            "amount_rows": amount_rows(subject),
            "unit": subject.terms.amount_unit,
            "judgements": judged(subject),
            "buttons": buttons(statement.filing, self.actor),
            "carried_from": statement.carried_from,
            "remaining": remaining_phrase(statement.survey.due_on, now_jst()),
        }
        return render(request, "needs/edit.html", context, status=status)


class SurveyView(ActionView):
    """All answers in one table beside last year's decisions; who has not answered is named."""

    action = "needs.compare"
    model = Survey

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        survey: Survey = self.subject
        found = comparison(survey)
        context = {
            "survey": survey,
            "found": found,
            "sums": found.sums,
            "is_late": timezone.localdate() > survey.due_on,
            "remaining": remaining_phrase(survey.due_on, now_jst()),
        }
        return render(request, "needs/survey.html", context)


class ExportView(ActionView):
    action = "needs.compare"
    model = Survey

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme")

    def get(self, request: HttpRequest, pk: Any, form: str) -> HttpResponse:
        makers = {
            "csv": (comparison_csv, "text/csv; charset=utf-8"),
            "xlsx": (
                comparison_xlsx,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
        }
        if form not in makers:
            raise Http404
        write, content_type = makers[form]
        response = HttpResponse(write(comparison(self.subject)), content_type=content_type)
        name = f"{self.subject}.{form}"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response
