"""How a contract was let: its papers by method, and the estimates that were compared (要領2(3))."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import ActionView
from portal.core.problems import Refused

from .forms import EstimateForm, EstimateReasonsForm, EvidenceForm
from .judging import asked_of, shown_evidence
from .models import Contract, Estimate
from .procuring import add_estimate, choose_estimate, explain_estimates, remove_estimate
from .services import add_evidence


class _ProcurementView(ActionView):
    action = "contracts.edit"
    model = Contract

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()


class EvidenceView(_ProcurementView):
    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self._form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self._form(request.POST, request.FILES)
        if form.is_valid():
            try:
                paper = add_evidence(
                    actor=self.actor,
                    contract=self.subject,
                    upload=form.cleaned_data["file"],
                    names=form.cleaned_data.get("names", ()),
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, f"「{paper.title}」を追加しました。")
                return redirect("contractors:evidence", self.subject.pk)
        return self._page(request, form, status=422)

    def _form(self, data: Any = None, files: Any = None) -> EvidenceForm:
        return EvidenceForm(data, files, asked=asked_of(self.subject)[0])

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "contract": self.subject, "papers": shown_evidence(self.subject)}
        return render(request, "contractors/evidence.html", context, status=status)


class EstimatesView(_ProcurementView):
    """Three acts on one page: to add one, to choose or take away one, to give the reasons."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        for name, act, done in (
            ("choose", choose_estimate, "契約の相手方の見積りを選びました。"),
            ("remove", remove_estimate, "見積りを外しました。"),
        ):
            if name in request.POST:
                act(
                    actor=self.actor,
                    contract=self.subject,
                    estimate=self._estimate(request.POST[name]),
                )
                return self._done(request, done)
        if "reasons" in request.POST:
            return self._explain(request)
        return self._add(request)

    def _explain(self, request: HttpRequest) -> HttpResponse:
        form = EstimateReasonsForm(request.POST)
        if not form.is_valid():
            return self._page(request, reasons=form, status=422)
        explain_estimates(actor=self.actor, contract=self.subject, **form.cleaned_data)
        return self._done(request, "理由を保存しました。")

    def _add(self, request: HttpRequest) -> HttpResponse:
        form = EstimateForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        values = dict(form.cleaned_data)
        upload = values.pop("file")
        try:
            add_estimate(actor=self.actor, contract=self.subject, upload=upload, **values)
        except ValidationError as error:
            form.add_error("file", error)
            return self._page(request, form, status=422)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        return self._done(request, f"「{values['name']}」の見積りを追加しました。")

    def _estimate(self, key: str) -> Estimate:
        found = next((one for one in self.subject.estimates.all() if str(one.pk) == key), None)
        if found is None:
            raise Http404
        return found

    def _done(self, request: HttpRequest, text: str) -> HttpResponse:
        messages.success(request, text)
        return redirect("contractors:estimates", self.subject.pk)

    def _page(
        self,
        request: HttpRequest,
        form: EstimateForm | None = None,
        reasons: EstimateReasonsForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        contract: Contract = self.subject
        known = {name: getattr(contract, name) for name in EstimateReasonsForm.base_fields}
        context = {
            "form": form or EstimateForm(),
            "reasons": reasons or EstimateReasonsForm(initial=known),
            "contract": contract,
            "asked": asked_of(contract)[1],
            "estimates": contract.estimates.select_related("document"),
            "faulty": reasons if reasons is not None else form,
        }
        return render(request, "contractors/estimates.html", context, status=status)
