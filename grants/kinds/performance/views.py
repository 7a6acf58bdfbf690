"""Writing a 実績報告: how far it is, one page at a time, and the evidence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property

from grants.awards.api import Award, report_due, unfinished_report_due
from grants.carryovers.api import years_carried
from grants.filings.api import Filing, attachments_of
from grants.kinds.application.attachments import limits_for
from grants.settlements.api import (
    ACCOUNTS,
    PerformanceReport,
    ReportPart,
    attach_for_line,
    contracted_by_activity,
    follow_plan,
    money_of_lines,
    read_report,
    recorded_figures,
    save_part,
    settled_amounts,
    settlement_rows,
    start_report,
)
from portal.access.api import ActionView
from portal.core.dates import now_jst, remaining_phrase
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, attach, take_away
from portal.ui.api import PortalForm
from portal.workflow.api import buttons

from .forms import EvidenceForm, IncomeForm, LineForm, ResultForm, head_form, row_forms
from .kind import judged


class StartView(ActionView):
    """Begins the one report of an award, or goes on with it."""

    action = "performance.start"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = start_report(actor=self.actor, award=self.subject)
        return redirect("performance:report", filing.pk)


class ReportView(ActionView):
    """The pages of the report with what is missing on each, the 精算額調書, and what can be done."""

    action = "performance.view"
    model = PerformanceReport

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related(
                "filing__grantee__prefecture",
                "filing__programme",
                "award__programme",
                "award__grantee",
                "award__decision",
            )
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        row: PerformanceReport = self.subject
        if self.may("performance.edit", row.filing) and follow_plan(actor=self.actor, report=row):
            messages.info(request, _FOLLOWED)
            return redirect(row)
        report, terms = read_report(row), row.filing.programme.terms()
        found = judged(report)
        problems: dict[str, int] = {}
        for one in found:
            for problem in one["problems"] if one["state"] == "unmet" else ():
                key = problem["address"].partition("/")[0]
                problems[key] = problems.get(key, 0) + 1
        carried = years_carried(row.award)
        due = report_due(row.award.discontinued_on or report.completed_on, terms, carried)
        context = {
            "filing": row.filing,
            "award": row.award,
            "report": report,
            "parts": [(part, problems.get(part.key, 0)) for part in row.parts.order_by("order")],
            "amount_rows": settlement_rows(report, settled_amounts(report, terms)),
            "judgements": found,
            "buttons": buttons(row.filing, self.actor),
            "due": due,
            "otherwise": unfinished_report_due(terms, carried),
            "remaining": remaining_phrase(due.day, now_jst()),
            "evidence": len(attachments_of(row.filing)),
            "may_edit": self.may("performance.edit", row.filing),
        }
        return render(request, "performance/report.html", context)


_FOLLOWED = (
    "計画が変わったため、項目と明細を新しい計画に合わせました。"
    "\n入力したものは残しています。計画からなくなった明細は、計画の額を0円にしています。"
)


class PartView(ActionView):
    """One page: what was done, the indicators, the lines."""

    action = "performance.edit"
    model = ReportPart

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related("report__filing__programme", "report__filing__grantee", "report__award")
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        report = self.subject.report
        if follow_plan(actor=self.actor, report=report):
            messages.info(request, _FOLLOWED)
            return redirect(report)
        results, lines, incomes = self._rows()
        return self._page(request, head_form(self.subject), results, lines, incomes)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        head = head_form(self.subject, request.POST)
        results, lines, incomes = self._rows(request.POST)
        rows = [*results, *lines, *incomes]
        if not all([head.is_valid(), *(row.is_valid() for row in rows)]):
            return self._page(request, head, results, lines, incomes, status=422)
        typed = {k: v for k, v in head.cleaned_data.items() if k != "form_version"}
        try:
            save_part(
                actor=self.actor,
                part=self.subject,
                seen_version=head.seen_version,
                rows={UUID(str(row.row.uid)): row.cleaned_data for row in rows},
                **typed,
            )
        except (Refused, Stale) as refusal:
            head.add_error(None, list(refusal.reasons))
            return self._page(request, head, results, lines, incomes, status=409)
        messages.success(request, f"「{self.subject}」を保存しました。")
        following = self._next() if "next" in request.POST else None
        return redirect(following or self.subject)

    def _rows(self, data: Any = None) -> tuple[list[PortalForm], ...]:
        part: ReportPart = self.subject
        results, lines = list(part.results.all()), list(part.lines.all())
        if part.version == 1:
            self._begin(results, lines)
        return (
            row_forms(ResultForm, results, data),
            row_forms(LineForm, lines, data),
            row_forms(IncomeForm, part.incomes.all(), data),
        )

    def _begin(self, results: list[Any], lines: list[Any]) -> None:
        """A page that nobody saved yet begins with what the records say today."""
        for result in results:
            result.actual = self._recorded(result)
        for line in lines:
            if line.uid in self.money:
                money = self.money[line.uid]
                line.spent, line.expected = money.paid, money.payable

    @cached_property
    def money(self) -> Any:
        return money_of_lines(self.subject.report.award)

    @cached_property
    def figures(self) -> Any:
        return recorded_figures(self.subject.report.award)

    def _recorded(self, result: Any) -> Any:
        """What the confirmed records of the activity add up to by now."""
        return self.figures.get(result.uid)

    def _next(self) -> Any:
        part: ReportPart = self.subject
        later = ReportPart.objects.filter(report=part.report, order__gt=part.order)
        return later.order_by("order").first() or part.report

    def _contracted(self) -> int:
        """Yen of the contracts of this activity."""
        part: ReportPart = self.subject
        if part.activity_uid is None:
            return 0
        return contracted_by_activity(part.report.award).get(part.activity_uid, 0)

    def _page(
        self,
        request: HttpRequest,
        head: PortalForm,
        results: list[PortalForm],
        lines: list[PortalForm],
        incomes: list[PortalForm],
        status: int = 200,
    ) -> HttpResponse:
        part: ReportPart = self.subject
        for row in lines:
            row.money = self.money.get(row.row.uid)
        for row in results:
            row.shown_recorded = row.row.shown(self._recorded(row.row))
        context = {
            "part": part,
            "filing": part.report.filing,
            "form": head,
            "results": results,
            "lines": lines,
            "incomes": incomes,
            "budget": sum(row.row.budget for row in lines),
            "contracted": self._contracted(),
        }
        return render(request, "performance/part.html", context, status=status)


class EvidenceView(ActionView):
    """Papers that go with the report; what was filed stays."""

    action = "filings.attach"
    model = PerformanceReport

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("filing__programme", "filing__grantee")

    @property
    def filing(self) -> Filing:
        found: Filing = self.subject.filing
        return found

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, EvidenceForm(lines=self._lines()))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if "remove" in request.POST:
            return self._remove(request)
        form = EvidenceForm(request.POST, request.FILES, lines=self._lines())
        if form.is_valid():
            try:
                document = self._attach(form)
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, f"「{document.title}」を追加しました。")
                return redirect("performance:evidence", self.subject.pk)
        return self._page(request, form, status=422)

    def _attach(self, form: EvidenceForm) -> Document:
        line = form.cleaned_data["line"]
        with transaction.atomic():
            document = attach(
                actor=self.actor,
                upload=form.cleaned_data["file"],
                kind=form.cleaned_data["paper"],
                subject=self.filing,
                limits=limits_for(self.filing),
                case_id=self.filing.case_id,
            )
            if line is not None:
                attach_for_line(document=document, filing=self.filing, line_uid=line)
        return document

    def _lines(self) -> list[tuple[str, str]]:
        """«PF … 3行目　印刷製本費» by uid, as the examiner names them."""
        return [
            (str(line.uid), f"{part} {number}行目　{line.item}")
            for part in self.subject.parts.order_by("order").prefetch_related("lines")
            for number, line in enumerate(part.lines.all(), start=1)
        ]

    def _remove(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST["remove"]
        given = attachments_of(self.filing)
        document = next((one for one in given if str(one.pk) == wanted), None)
        if document is None:
            raise Http404
        if document.is_filed:
            messages.error(request, "提出した版に付けた資料は外せません。")
        else:
            take_away(document)
            messages.success(request, f"「{document.title}」を外しました。")
        return redirect("performance:evidence", self.subject.pk)

    def _page(self, request: HttpRequest, form: EvidenceForm, status: int = 200) -> HttpResponse:
        words, terms = dict(self._lines()), self.filing.programme.terms()
        given = attachments_of(self.filing)
        of_line: dict[Any, list[str]] = {}
        for one in self.filing.line_evidence.order_by("pk"):
            of_line.setdefault(one.document_id, []).append(words.get(str(one.line_uid), ""))
        context = {
            "form": form,
            "filing": self.filing,
            "files": [(document, of_line.get(document.pk, [])) for document in given],
            "terms": terms,
            "needs_accounts": terms.accounts_paper == "required",
            "accounts": next((d for d in given if d.kind == ACCOUNTS), None),
        }
        return render(request, "performance/evidence.html", context, status=status)
