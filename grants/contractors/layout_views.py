"""書類の様式: the list of a year, and one paper's layout with its preview."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from grants.programmes.api import Programme
from portal.access.api import ActionView
from portal.core.dates import FiscalYear
from portal.core.problems import Refused, Stale
from portal.documents.api import render_html

from .laying_out import layout_of, state_layout
from .layout_forms import LayoutForm
from .layouts import Layout, Paper, paper_called, papers
from .models import PaperLayout


class LayoutsView(ActionView):
    """Every paper of a year: the standard, or what the prefecture stated."""

    action = "contractors.layouts"

    def get(self, request: HttpRequest) -> HttpResponse:
        years = list(Programme.objects.values_list("fiscal_year", flat=True))
        asked = request.GET.get("year", "")
        year = next((one for one in years if str(one) == asked), years[0] if years else None)
        stated = PaperLayout.objects.for_user(self.actor).filter(fiscal_year=year).standing()
        by_paper = {one.paper: one for one in stated}
        context = {
            "year": year,
            "years": [(one, FiscalYear(one).label, one == year) for one in years],
            "rows": [(paper, by_paper.get(paper.key)) for paper in papers()],
            "may_edit": self.may("contractors.state_layout"),
        }
        return render(request, "contractors/layouts.html", context)


class LayoutView(ActionView):
    """One paper's layout. 「PDFで確かめる」 shows what was typed and keeps nothing."""

    action = "contractors.state_layout"

    def get(self, request: HttpRequest, fiscal_year: int, laid_out: str) -> HttpResponse:
        paper, layout = self._find(fiscal_year, laid_out)
        before = Layout()
        if not layout.version:
            before = layout_of(self.actor.organisation_id, fiscal_year - 1, paper.key)
        if not before.version:
            return self._page(request, LayoutForm.of(paper, layout), fiscal_year)
        return self._page(request, LayoutForm.copied(paper, before), fiscal_year, is_copied=True)

    def post(self, request: HttpRequest, fiscal_year: int, laid_out: str) -> HttpResponse:
        paper, layout = self._find(fiscal_year, laid_out)
        form = LayoutForm.of(paper, layout, request.POST)
        if not form.is_valid():
            return self._page(request, form, fiscal_year, status=422)
        if "preview" in request.POST:
            return example_of(paper, form.layout)
        try:
            state_layout(
                actor=self.actor,
                fiscal_year=fiscal_year,
                paper=paper,
                seen_version=form.seen_version,
                layout=form.layout,
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, fiscal_year, status=409)
        messages.success(
            request, f"{paper.label}の様式を決めました。\nこれから作成する書類に使います。"
        )
        return redirect("contractors:layouts")

    def _find(self, fiscal_year: int, key: str) -> tuple[Paper, Layout]:
        paper = paper_called(key)
        if paper is None or not Programme.objects.filter(fiscal_year=fiscal_year).exists():
            raise Http404
        return paper, layout_of(self.actor.organisation_id, fiscal_year, key)

    def _page(
        self,
        request: HttpRequest,
        form: LayoutForm,
        fiscal_year: int,
        *,
        is_copied: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        stated = PaperLayout.objects.for_user(self.actor).filter(
            fiscal_year=fiscal_year, paper=form.paper.key
        )
        context: dict[str, Any] = {
            "form": form,
            "paper": form.paper,
            "year_label": FiscalYear(fiscal_year).label,
            "is_copied": is_copied,
            "stated": stated.order_by("-number"),
        }
        return render(request, "contractors/layout.html", context, status=status)


def example_of(paper: Paper, layout: Layout) -> HttpResponse:
    """A made-up paper in the layout."""
    title = f"{layout.title or paper.title}（見本）"
    # Nothing was sealed, so that there is nothing to compare it with.
    unsealed = {
        "sealed": {"sha256": ""},
        "seal_groups": (),
        "filing": {"grantee": {"name": "見本"}},
        "paper": None,
        "version": None,
    }
    given = {"document": {"title": title}, **unsealed, **paper.example(layout)}
    html = render_to_string(paper.template, given)
    answer = HttpResponse(render_html(html), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"{title}.pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
