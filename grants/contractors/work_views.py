"""What a contract is allocated to, how its work was inspected, and what else pays for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.access.api import CONTRACTOR, ActionView
from portal.core.problems import Refused, Stale
from portal.documents.api import read_file
from portal.ui.api import PortalForm

from .billing import (
    allocate,
    declare_funding,
    record_acceptance,
    report_completion,
    report_incident,
)
from .contract_forms import AllocationForm
from .measuring import work_so_far
from .models import Contract, ContractPaper
from .money_forms import (
    AcceptanceForm,
    CompletionForm,
    FundingForm,
    FundingRows,
    IncidentForm,
)
from .papers import document_of
from .services import is_responsible
from .slots import Place, sections_of
from .states import AcceptanceKind, FundingStage
from .subsidy_forms import FixingForm


class _ContractView(ActionView):
    model = Contract

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()


class AllocationView(_ContractView):
    """充当: the contract's amount on lines of the plan, while it is being prepared."""

    action = "contracts.edit"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, AllocationForm(contract=self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = AllocationForm(request.POST, contract=self.subject)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            allocate(
                actor=self.actor,
                contract=self.subject,
                seen_version=form.seen_version,
                shares=form.shares,
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, f"{self.subject.words.amount}を積算内訳に充てました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: AllocationForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "contract": self.subject}
        return render(request, "contractors/allocation.html", context, status=status)


class AcceptanceView(_ContractView):
    action = "contracts.accept_work"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        initial = {
            "kind": AcceptanceKind.PART,
            "inspected_on": timezone.localdate(),
            "inspector": self.actor.name,
        }
        return self._page(request, self._form(initial=initial))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        record_acceptance(actor=self.actor, contract=self.subject, values=form.values)
        messages.success(request, f"{self.subject.words.inspection}を記録しました。")
        return redirect(self.subject)

    def _form(self, data: Any = None, **given: Any) -> AcceptanceForm:
        form = FixingForm if self.subject.is_subsidy else AcceptanceForm
        return form(data, contract=self.subject, **given)

    def _page(self, request: HttpRequest, form: AcceptanceForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "contract": self.subject}
        return render(request, "contractors/acceptance.html", context, status=status)


class _ReportView(_ContractView):
    """What the contract's 責任者 tells the prefecture; it comes out as a paper."""

    action = "contracts.report"
    form_class: type[PortalForm]
    keep: Callable[..., object]
    template = ""
    done = ""

    def said(self) -> str:
        return self.done

    def demand(self, name: str, subject: Any = None) -> None:
        super().demand(name, subject)
        if not is_responsible(subject, self.actor):
            raise Refused(["提出できるのは、この契約の責任者です。"])

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self.form_class(contract=self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self.form_class(request.POST, contract=self.subject)
        if not form.is_valid():
            return self._page(request, form, status=422)
        type(self).keep(actor=self.actor, contract=self.subject, values=form.cleaned_data)
        messages.success(request, self.said())
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: PortalForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "contract": self.subject, **self.shown()}
        return render(request, self.template, context, status=status)

    def shown(self) -> dict[str, Any]:
        """What only this paper's page shows beside its form."""
        return {}


class CompletionView(_ReportView):
    form_class = CompletionForm
    keep = staticmethod(report_completion)
    template = "contractors/completion.html"

    def said(self) -> str:
        words = self.subject.words
        return f"{words.completion}を提出しました。\n都道府県が{words.inspection}をします。"

    def shown(self) -> dict[str, Any]:
        return {"work": work_so_far(self.subject)}


class IncidentView(_ReportView):
    form_class = IncidentForm
    keep = staticmethod(report_incident)
    template = "contractors/incident.html"
    done = "事故を報告しました。\n都道府県に知らせました。"


class PaperView(ActionView):
    """What the paper is, to whoever is party to the contract; and what packages above do with it."""

    action = "contracts.papers"
    model = ContractPaper

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related("contract__contractor__grantee", "contract__award__programme")
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        document = document_of(self.subject)
        context = {
            "paper": self.subject,
            "contract": self.subject.contract,
            "is_ready": document is not None and document.is_ready,
            "sections": sections_of(Place.PAPER, self.subject, self.actor),
        }
        return render(request, "contractors/paper.html", context)


class PaperFileView(PaperView):
    """The paper as PDF; until it is made, its page says so."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        document = document_of(self.subject)
        if document is None or not document.is_ready:
            return redirect(self.subject)
        answer = HttpResponse(read_file(document), content_type="application/pdf")
        answer["Content-Disposition"] = content_disposition_header(True, f"{document.title}.pdf")
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer


class FundingView(_ContractView):
    """要領4(3): other money for the same expense, declared at the start and again at the end."""

    action = "contracts.declare_funding"

    def demand(self, name: str, subject: Any = None) -> None:
        super().demand(name, subject)
        if self.actor.role in CONTRACTOR and not is_responsible(subject, self.actor):
            raise Refused(["申告できるのは、この契約の責任者です。"])

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        has_started = self.subject.declarations.filter(stage=FundingStage.START).exists()
        stage = FundingStage.COMPLETION if has_started else FundingStage.START
        form = FundingForm(initial={"stage": stage, "declared_on": timezone.localdate()})
        return self._page(request, form, self._rows())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form, rows = FundingForm(request.POST), self._rows(request.POST)
        if rows.is_row_action:
            form.forget_errors()
            rows.forget_errors()
            return self._page(request, form, rows)
        if form.is_valid() and rows.is_valid() and self._agree(form, rows):
            values = form.cleaned_data
            declare_funding(
                actor=self.actor,
                contract=self.subject,
                stage=values["stage"],
                declared_on=values["declared_on"],
                items=[
                    {
                        "contract_line_id": int(row["line"]),
                        "kind": row["kind"],
                        "name": row["name"],
                        "amount": row["amount"],
                    }
                    for row in rows.filled
                ],
            )
            messages.success(
                request, f"{FundingStage(values['stage']).label}の申告を記録しました。"
            )
            return redirect(self.subject)
        return self._page(request, form, rows, status=422)

    def _agree(self, form: FundingForm, rows: Any) -> bool:
        """Either it is said that there is none, or what there is."""
        if form.cleaned_data["is_none"] == bool(rows.filled):
            form.add_error(
                "is_none",
                "他の資金がなければ印を付け、あれば印を外して一覧に入力してください。",
            )
            return False
        return True

    def _rows(self, data: Any = None) -> Any:
        lines = {str(line.pk): line.item for line in self.subject.lines.order_by("pk")}
        return FundingRows(data, prefix="items", form_kwargs={"lines": lines})

    def _page(self, request: HttpRequest, form: Any, rows: Any, status: int = 200) -> HttpResponse:
        context = {"form": form, "rows": rows, "contract": self.subject}
        return render(request, "contractors/funding.html", context, status=status)
