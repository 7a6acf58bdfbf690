"""The year's plan: the signs of all bodies, of one body's contracts and lines, and what was chosen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from grants.awards.api import Award
from grants.plans.api import PlanRevision, delivery_label, read_content
from grants.programmes.api import Programme
from portal.access.api import ActionView
from portal.core.problems import Refused

from .counting import of_award, of_year
from .forms import TargetForm
from .models import Target
from .services import choose_target, drop_target
from .signs import SIGNS, in_order


class YearView(ActionView):
    """Every body of a year beside its signs, in the order of one of them."""

    action = "sampling.plan"

    def get(self, request: HttpRequest) -> HttpResponse:
        years = Programme.objects.newest_first()
        asked = request.GET.get("year", "")
        programme = get_object_or_404(years, fiscal_year=asked) if asked.isdecimal() else None
        programme = programme or years.first()
        key = request.GET.get("sort", "")
        rows = of_year(programme) if programme is not None else []
        if key in {one.key for one in SIGNS}:
            rows = in_order(rows, key)
        targets = Target.objects.for_user(self.actor).filter(award__programme=programme)
        context = {
            "programme": programme,
            "years": years,
            "rows": rows,
            "signs": SIGNS,
            "sort": key,
            "targets": list(targets.for_pages()),
            "may_choose": self.may("sampling.choose"),
        }
        return render(request, "sampling/year.html", context)


class AwardView(ActionView):
    """One body: its contracts with their signs, its lines by amount, and the choice."""

    action = "sampling.plan"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("grantee", "programme", "decision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, TargetForm(award=self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        self.demand("sampling.choose")
        form = TargetForm(request.POST, award=self.subject)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            choose_target(actor=self.actor, award=self.subject, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "検査の年間計画に入れました。")
        return redirect("sampling:award", self.subject.pk)

    def _page(self, request: HttpRequest, form: TargetForm, status: int = 200) -> HttpResponse:
        award: Award = self.subject
        revision = PlanRevision.objects.with_everything().get(pk=award.revision_id)
        lines = [
            (part.title, line, delivery_label(frozenset({line.delivery})))
            for part in read_content(revision).parts
            for line in part.lines
        ]
        targets = Target.objects.for_user(self.actor).filter(award=award).for_pages()
        context = {
            "form": form,
            "award": award,
            "rows": of_award(award),
            "signs": SIGNS,
            "lines": sorted(lines, key=lambda row: -(row[1].amount or 0)),
            "targets": list(targets),
            "may_choose": self.may("sampling.choose"),
        }
        return render(request, "sampling/award.html", context, status=status)


class DropView(ActionView):
    """Off the plan again; that it was on it stays in the story."""

    action = "sampling.choose"
    model = Target

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        target: Target = self.subject
        drop_target(actor=self.actor, target=target)
        messages.success(request, "検査の年間計画から外しました。")
        return redirect("sampling:award", target.award_id)
