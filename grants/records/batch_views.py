"""An uploaded file: sending it, what was found in it, answering, taking it whole."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.access.api import ActionView
from portal.core.problems import Refused
from portal.documents.api import read_file
from portal.spreadsheets.api import UploadRefusedError, column_name
from portal.workflow.api import TransitionView, perform

from .columns import NOT_READ, undecided
from .forms import NOT_READ_CHOICE, Answers, BatchForm, read_answers
from .models import PeriodReport, RecordBatch
from .overview import standing_of
from .presentation import compare_figures, rows_of
from .reading import counts, month_after
from .rules import unanswered
from .services import keep_answers, marked_copy, month_before, receive
from .states import BatchState
from .views import XLSX, download

_SHOWN = 200


class UploadView(ActionView):
    """Takes a file for a month. Its page is what a wrong file comes back to."""

    action = "records.enter"
    model = PeriodReport

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, BatchForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = BatchForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                batch = receive(
                    actor=self.actor, report=self.subject, upload=form.cleaned_data["file"]
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                return redirect(batch)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: BatchForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "report": self.subject}
        return render(request, "records/upload.html", context, status=status)


class BatchView(ActionView):
    """取込結果の確認. Nothing is stored before 「この内容で取り込む」, and then all of it."""

    action = "records.batch.view"
    model = RecordBatch

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related(
                "document",
                "report__contract__contractor__grantee",
                "report__contract__award__programme",
                "report__contract__award__decision",
            )
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        batch: RecordBatch = self.subject
        if request.headers.get("HX-Request"):
            return _progress(request, batch)
        answers = Answers(
            dict(batch.mends), dict(batch.confirmations), dict(batch.decisions), dict(batch.columns)
        )
        return self._page(request, answers)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        batch: RecordBatch = self.subject
        if batch.state != BatchState.READ:
            # A second click, or another tab was quicker: show what has become of the file.
            return redirect(batch.report if batch.state == BatchState.TAKEN else batch)
        self.demand("records.batch.answer", batch)
        answers = read_answers(batch, request.POST)
        keep_answers(
            actor=self.actor,
            batch=batch,
            seen_version=_version(request),
            confirmations=answers.confirmations,
            decisions=answers.decisions,
        )
        # What was typed must be read before it can be taken, whichever button was pressed.
        is_other = answers.mends != batch.mends or answers.columns != batch.columns
        if is_other or "take" not in request.POST:
            return self._recheck(request, answers)
        return self._take(request, answers)

    def _recheck(self, request: HttpRequest, answers: Answers) -> HttpResponse:
        self._perform(request, "recheck", {"mends": answers.mends, "columns": answers.columns})
        if "take" in request.POST:
            messages.info(
                request,
                "入力した値を確かめています。\n結果を見てから、もう一度取り込んでください。",
            )
        return redirect(self.subject)

    def _take(self, request: HttpRequest, answers: Answers) -> HttpResponse:
        try:
            self._perform(request, "take", {})
        except Refused as refusal:
            return self._page(request, answers, reasons=refusal.reasons, status=409)
        report = self.subject.report
        messages.success(
            request,
            f"{report.month_label}の活動実績を取り込みました。\n内容を見て、責任者が提出してください。",
        )
        return redirect(report)

    def _perform(self, request: HttpRequest, name: str, data: dict[str, Any]) -> None:
        self.demand(f"records.batch.{name}", self.subject)
        perform(
            RecordBatch,
            self.subject.pk,
            name,
            self.actor,
            seen_version=_version(request),
            data=data,
            request_key=_key(request),
        )

    def _page(
        self,
        request: HttpRequest,
        answers: Answers,
        reasons: tuple[str, ...] = (),
        status: int = 200,
    ) -> HttpResponse:
        batch: RecordBatch = self.subject
        context: dict[str, Any] = {
            "batch": batch,
            "report": batch.report,
            "contract": batch.report.contract,
            "standing": standing_of(batch.report, timezone.localdate()),
            "reasons": reasons,
            "request_key": uuid4(),
            "may_answer": self.may("records.batch.answer", batch)
            and batch.report.is_with_contractor,
        }
        if batch.state == BatchState.READ:
            context |= self._result(batch, answers)
            return render(request, "records/result.html", context, status=status)
        if batch.state == BatchState.RECEIVED:
            context |= _waiting(batch)
        return render(request, "records/batch.html", context, status=status)

    def _result(self, batch: RecordBatch, answers: Answers) -> dict[str, Any]:
        reading, report = batch.reading, batch.report
        found = counts(reading)
        stored = dict(report.records.values_list("key", "values"))
        after = month_after(report.activity, stored, reading, answers.decisions)
        earlier = month_before(report)
        left = unanswered(reading["problems"], answers.confirmations)
        before = rows_of(earlier, self.actor) if earlier else None
        changed = [row for row in reading["rows"] if row["verdict"] == "changed"]
        headers = reading.get("headers", ())
        labels = {c.key: c.label for c in report.activity.record_spec.columns}
        return {
            "counts": found,
            "left": len(left),
            "problems": [_with_answer(p, answers) for p in reading["problems"][:_SHOWN]],
            "hidden_problems": max(0, len(reading["problems"]) - _SHOWN),
            "mended": reading["mended"],
            "changed": [
                row | {"choice": answers.decisions.get(str(row["number"]), "")} for row in changed
            ],
            "cleanings": reading["cleanings"],
            "cleaned_cells": sum(group["count"] for group in reading["cleanings"]),
            "notes": reading["notes"],
            "dropped": reading["dropped"].items(),
            "figures": compare_figures(report.activity, after, before),
            "earlier": earlier,
            "headers": [
                _with_options(one, reading.get("columns_left", []), labels) for one in headers
            ],
            "columns_to_choose": len(undecided(reading)),
            "is_ready": not found["mend"] and not left and not undecided(reading),
        }


def _progress(request: HttpRequest, batch: RecordBatch) -> HttpResponse:
    """To the waiting page's own asking: how far it is, or that there is something to see."""
    if batch.state != BatchState.RECEIVED:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "records/waiting.html", _waiting(batch))


def _waiting(batch: RecordBatch) -> dict[str, Any]:
    """Files of everybody are read in turn; only their number is told."""
    return {"batch": batch, "ahead": RecordBatch.objects.read_before(batch).count()}


def _with_answer(problem: dict[str, Any], answers: Answers) -> dict[str, Any]:
    """What the boxes of one problem hold: the typed text, or for a doubt what was sent."""
    typed = answers.mends.get(problem["cell"])
    is_doubt = problem["level"] == "confirm"
    return problem | {
        "value": typed if typed is not None else (problem["original"] if is_doubt else ""),
        "is_confirmed": problem["id"] in answers.confirmations,
        "why": answers.confirmations.get(problem["id"], ""),
    }


def _with_options(
    header: dict[str, Any], left: list[dict[str, str]], labels: dict[str, str]
) -> dict[str, Any]:
    """One name of a column, with what it can be read as: (value, label, is chosen)."""
    choice = header["choice"]
    own = [{"key": choice, "label": labels[choice]}] if choice else []
    options = [(NOT_READ_CHOICE, "読まない", choice == NOT_READ)]
    options += [(one["key"], one["label"], one["key"] == choice) for one in [*own, *left]]
    return header | {
        "column": column_name(header["place"]),
        "options": options,
        "like": labels.get(header["suggested"], ""),
    }


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and text.isascii() else 0


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("request_key", ""))
    except ValueError:
        return None


class SentFileView(ActionView):
    """The file as it came, to the people of its month."""

    action = "records.batch.view"
    model = RecordBatch

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("document")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        document = self.subject.document
        return download(read_file(document), document.original_name, document.content_type)


class MarkedCopyView(ActionView):
    """印を付けたExcel: the sender's file with what is wrong marked where it stands."""

    action = "records.batch.view"
    model = RecordBatch

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related(
                "document",
                "report__contract__contractor__grantee",
                "report__contract__award__programme",
            )
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        batch: RecordBatch = self.subject
        try:
            content = marked_copy(batch)
        except UploadRefusedError:
            raise Http404 from None
        stem = batch.document.title.rpartition(".")[0] or batch.document.title
        return download(content, f"{stem}_確認.xlsx", XLSX)


class BatchTransitionView(TransitionView):
    """取込みをやめる, and reading a failed file again; answers are given on the result page."""

    model = RecordBatch

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("document", "report__contract")

    def success_message(self, subject: RecordBatch) -> str:
        done = {
            "abandon": "取込みをやめました。何も登録していません。",
            "recheck": "もう一度読み取っています。",
        }
        return done.get(self.row.name, super().success_message(subject))

    def success_url(self, subject: RecordBatch) -> str:
        if self.row.name in ("abandon", "take"):
            return subject.report.get_absolute_url()
        return subject.get_absolute_url()
