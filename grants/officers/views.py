"""役員名簿 of a body: what was collected, opened for its purpose, answered and destroyed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from grants.contractors.api import Contractor
from portal.access.api import ActionView
from portal.core.problems import Refused
from portal.spreadsheets.api import write_csv
from portal.ui.api import PortalForm

from .forms import AnswerForm, DestroyForm, ListForm, OfficerRows, OpenForm, officers_of
from .models import OfficerList
from .rules import HEADER, police_rows
from .services import destroy, open_list, record_answer, write_list


class BodyView(ActionView):
    """Every list of the body with its dates; no name is on this page."""

    action = "officers.list"
    model = Contractor

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        lists = OfficerList.objects.for_user(self.actor).filter(contractor=self.subject)
        return render(
            request, "officers/body.html", {"contractor": self.subject, "lists": list(lists)}
        )


class WriteView(ActionView):
    action = "officers.write"
    model = Contractor

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, ListForm(), OfficerRows(prefix="officers"))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form, rows = ListForm(request.POST), OfficerRows(request.POST, prefix="officers")
        if rows.is_row_action:
            form.forget_errors()
            rows.forget_errors()
            return self._page(request, form, rows)
        if not all([form.is_valid(), rows.is_valid()]):
            return self._page(request, form, rows, status=422)
        made = write_list(
            actor=self.actor,
            contractor=self.subject,
            officers=officers_of(rows),
            **form.cleaned_data,
        )
        messages.success(request, f"役員名簿（{made.count}人）を暗号化して登録しました。")
        return redirect(made)

    def _page(
        self, request: HttpRequest, form: ListForm, rows: Any, status: int = 200
    ) -> HttpResponse:
        context = {"contractor": self.subject, "form": form, "rows": rows}
        return _private(render(request, "officers/write.html", context, status=status))


class _ListView(ActionView):
    model = OfficerList
    form: type[PortalForm]
    template = "officers/act.html"
    title = ""
    button = ""
    note = ""

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("contractor")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self.form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            return self.act(request, form)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)

    def act(self, request: HttpRequest, form: PortalForm) -> HttpResponse:
        raise NotImplementedError

    def _page(self, request: HttpRequest, form: PortalForm, status: int = 200) -> HttpResponse:
        context = {
            "list": self.subject,
            "contractor": self.subject.contractor,
            "form": form,
            "title": self.title,
            "button": self.button,
            "note": self.note,
        }
        return render(request, self.template, context, status=status)


class OpenView(_ListView):
    """Shown once, or as the file that the police are sent; never kept by a browser."""

    action = "officers.open"
    form = OpenForm
    title = "役員名簿を開く"
    button = "名簿を表示する"
    note = "開いた人、日時、目的を記録します。照会の目的のほかには使えません。"

    def act(self, request: HttpRequest, form: PortalForm) -> HttpResponse:
        found = open_list(
            actor=self.actor, officer_list=self.subject, purpose=form.cleaned_data["purpose"]
        )
        body = self.subject.contractor.name
        if "file" in request.POST:
            answer = HttpResponse(
                write_csv(HEADER, police_rows(found, body)), content_type="text/csv; charset=utf-8"
            )
            name = content_disposition_header(True, f"役員名簿_{body}.csv")
            answer["Content-Disposition"] = name
            return _private(answer)
        context = {
            "list": self.subject,
            "contractor": self.subject.contractor,
            "header": HEADER,
            "rows": police_rows(found, body),
        }
        return _private(render(request, "officers/opened.html", context))


class AnswerView(_ListView):
    action = "officers.answer"
    form = AnswerForm
    title = "照会の結果を記録する"
    button = "結果を記録する"
    note = "続けて、委託先のページで「除外団体でないことの確認」を記録してください。"

    def act(self, request: HttpRequest, form: PortalForm) -> HttpResponse:
        record_answer(actor=self.actor, officer_list=self.subject, **form.cleaned_data)
        messages.success(request, "照会の結果を記録しました。")
        return redirect(self.subject)


class DestroyView(_ListView):
    action = "officers.destroy"
    form = DestroyForm
    title = "役員名簿を廃棄する"
    button = "内容を廃棄する"
    note = "名簿の内容を消します。元には戻せません。人数、日付、結果の記録は残ります。"

    def act(self, request: HttpRequest, form: PortalForm) -> HttpResponse:
        destroy(actor=self.actor, officer_list=self.subject, **form.cleaned_data)
        messages.success(request, "役員名簿の内容を廃棄しました。")
        return redirect(self.subject)


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
