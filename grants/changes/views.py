"""変更と流用 of one award: what was decided when, what is on its way, and what was moved since."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from grants.filings.api import Filing
from portal.access.api import CABINET_OFFICE, ActionView
from portal.core.problems import Refused

from .forms import ReallocateForm, UndoForm
from .models import Reallocation
from .moves import Standing, standing_of
from .rules import Finding
from .services import against_moving, reallocate, undo_reallocation
from .stops import against_changing


class AwardView(ActionView):
    """Every plan that was in force stays readable here, with the amount of its time."""

    action = "changes.view"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision__sealed")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        award: Award = self.subject
        standing = standing_of(award)
        changes = (
            Filing.objects.for_user(self.actor)
            .filter(change__award=award)
            .for_lists()
            .order_by("-created_at")
        )
        statements = (
            Filing.objects.for_user(self.actor)
            .filter(
                Q(discontinuance__award=award)
                | Q(incident__award=award)
                | Q(carryover__award=award)
            )
            .for_lists()
            .select_related("incident")
            .order_by("-created_at")
        )
        stops = against_changing(award)
        context = {
            "award": award,
            "decision": standing.decision,
            "amendments": award.amendments.select_related("decision__filing", "decision__sealed"),
            "revocations": award.revocations.all(),
            "changes": changes,
            "statements": statements,
            "standing": standing,
            "minor": standing.finding().as_values(),
            "moves": self._moves(award, standing, is_stopped=bool(stops)),
            "stops": stops,
            "may_start": self.may("change.start") and not stops,
            "may_move": self.may("changes.reallocate") and not stops,
            "is_office": self.actor.role in CABINET_OFFICE,
        }
        return render(request, "changes/award.html", context)

    def _moves(
        self, award: Award, standing: Standing, *, is_stopped: bool
    ) -> list[tuple[Reallocation, bool, bool]]:
        """Each with whether it counts now, and whether this actor may take it back."""
        may_undo = self.may("changes.undo_reallocation") and not is_stopped
        found = []
        for one in award.reallocations.order_by("-recorded_at"):
            counts = one.undone_at is None and one.decision_id == standing.decision.pk
            found.append((one, counts, may_undo and counts))
        return found


class ReallocateView(ActionView):
    """One 流用: «確かめる» says with the computation whether approval is needed, before it is kept."""

    action = "changes.reallocate"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        standing = standing_of(self.subject)
        return self._page(request, standing, self._form(standing), standing.finding())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        standing = standing_of(self.subject)
        form = self._form(standing, request.POST)
        if not form.is_valid():
            return self._page(request, standing, form, standing.finding(), status=422)
        given = form.cleaned_data
        finding = standing.finding([(given["source"], given["target"], given["amount"])])
        if "check" in request.POST:
            reasons = against_moving(standing, **given) if not finding.is_needed else []
            if reasons:
                form.add_error(None, reasons)
            return self._page(request, standing, form, finding, is_checked=not reasons)
        try:
            made = reallocate(actor=self.actor, award=self.subject, **given)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, standing, form, finding, is_checked=True, status=422)
        messages.success(request, "予算の流用を記録しました。\n内閣府に知らせます。")
        return redirect(made)

    def _form(self, standing: Standing, data: Any = None) -> ReallocateForm:
        return ReallocateForm(data, lines=standing.lines)

    def _page(
        self,
        request: HttpRequest,
        standing: Standing,
        form: ReallocateForm,
        finding: Finding,
        *,
        is_checked: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "form": form,
            "award": self.subject,
            "standing": standing,
            "finding": finding,
            "minor": finding.as_values(),
            "is_checked": is_checked,
            "may_start": self.may("change.start"),
        }
        return render(request, "changes/reallocate.html", context, status=status)


class UndoView(ActionView):
    action = "changes.undo_reallocation"
    model = Reallocation

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("award__grantee", "award__programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, UndoForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = UndoForm(request.POST)
        if form.is_valid():
            try:
                undo_reallocation(actor=self.actor, reallocation=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("reason", list(refusal.reasons))
            else:
                messages.success(request, "流用の記録を取り消しました。")
                return redirect(self.subject)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: UndoForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "move": self.subject, "award": self.subject.award}
        return render(request, "changes/undo.html", context, status=status)
