"""Drawing a sample, and reading how it was drawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inspections.visits.api import Visit
from portal.access.api import ActionView
from portal.core.problems import Refused

from .forms import DrawForm
from .models import Draw
from .population import population_of
from .presentation import as_csv, context_of
from .services import draw_sample


class DrawView(ActionView):
    """A new draw of one visit."""

    action = "sampling.draw"
    model = Visit

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, DrawForm(known=population_of(self.subject)))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = DrawForm(request.POST, known=population_of(self.subject))
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            made = draw_sample(
                actor=self.actor,
                visit=self.subject,
                entries=form.entries(),
                design=form.design(),
                seed=form.cleaned_data["seed"],
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "検査する支出を抽出しました。")
        return redirect(made)

    def _page(self, request: HttpRequest, form: DrawForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "visit": self.subject,
            "size": len(form.known),
            "total": sum(one.amount for one in form.known),
        }
        return render(request, "sampling/write.html", context, status=status)


class DetailView(ActionView):
    action = "sampling.view"
    model = Draw

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return render(request, "sampling/detail.html", context_of(self.subject, self.actor))


class ExportView(ActionView):
    action = "sampling.view"
    model = Draw

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        made: Draw = self.subject
        response = HttpResponse(as_csv(made), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="sample-{made.sha256[:12]}.csv"'
        return response
