"""配分: the rounds, the tables tried out and kept, the 内示 made from one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from grants.awards.api import NumbersForm
from grants.programmes.api import Ledger, Programme, Round, open_round
from portal.access.api import ActionView
from portal.accounts.api import Organisation
from portal.audit.api import timeline
from portal.core.problems import Refused
from portal.documents.api import Document

from .exports import scenario_xlsx
from .forms import EndForm, RoundForm, SharingForm, fixed_forms
from .models import Batch, Promise, Scenario
from .rules import four_eyes_on_promise
from .sharing import (
    Draft,
    bodies_of,
    content_of,
    end_promise,
    keep_scenario,
    left_of,
    makers_of,
    preflight,
    promise_all,
    rows_of,
    work_out,
)


class ListView(ActionView):
    """Every round, newest first, with the year's budget: given, promised, left."""

    action = "allocations.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        rounds = list(
            Round.objects.for_user(self.actor)
            .select_related("programme__ledger")
            .order_by("-programme__fiscal_year", "-number")
        )
        counts: dict[tuple[UUID, int], int] = {}
        for key in Scenario.objects.values_list("programme_id", "round_number").order_by("pk"):
            counts[key] = counts.get(key, 0) + 1
        programmes = {one.programme_id: one.programme for one in rounds}
        rows = []
        for one in rounds:
            programme = programmes[one.programme_id]
            budget = programme.terms().budget
            ledger = programme.ledger
            rows.append(
                {
                    "round": one,
                    "budget": budget,
                    "ledger": ledger,
                    "left": ledger.left(budget),
                    "count": counts.get((one.programme_id, one.number), 0),
                }
            )
        context = {"rows": rows, "may_open": self.may("allocations.open_round")}
        return render(request, "allocations/list.html", context)


class OpenRoundView(ActionView):
    """A further round of the newest year."""

    action = "allocations.open_round"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, RoundForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = RoundForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        opens_at, closes_at = form.window()
        made = open_round(
            actor=self.actor,
            programme=self.subject,
            name=form.cleaned_data["name"],
            opens_at=opens_at,
            closes_at=closes_at,
        )
        messages.success(request, f"{made}を開きました。")
        return redirect("allocations:round", made.pk)

    def _page(self, request: HttpRequest, form: RoundForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "programme": self.subject}
        return render(request, "allocations/open_round.html", context, status=status)


class RoundView(ActionView):
    """One round: its tables, one of them shown, with one other beside it."""

    action = "allocations.view"
    model = Round

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        round_: Round = self.subject
        scenarios = list(Scenario.objects.for_user(self.actor).of_round(round_).order_by("number"))
        if scenarios:
            return redirect(scenarios[-1])
        context = {**budget_of(round_), "may_plan": self.may("allocations.plan")}
        return render(request, "allocations/round.html", context)


def budget_of(round_: Round) -> dict[str, Any]:
    """The year's money as the side column shows it; yen."""
    budget = round_.programme.terms().budget
    ledger = Ledger.objects.get(programme_id=round_.programme_id)
    return {
        "round": round_,
        "budget": budget,
        "decided": ledger.decided,
        "promised": ledger.promised,
        "left": ledger.left(budget),
        "bar": [(ledger.decided, "a"), (ledger.promised, "b")],
    }


class _ScenarioPage(ActionView):
    model = Scenario
    subject: Scenario

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "based_on")

    @property
    def round(self) -> Round:
        found: Round = Round.objects.of(self.subject.programme_id, self.subject.round_number)
        return found


class ScenarioView(_ScenarioPage):
    """A table as it was kept; `with` names the number of the one that stands beside it."""

    action = "allocations.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        round_ = self.round
        scenarios = list(Scenario.objects.for_user(self.actor).of_round(round_).order_by("number"))
        other = next((s for s in scenarios if str(s.number) == request.GET.get("with")), None)
        beside = {row.grantee_id: row.amount for row in rows_of(other)} if other else {}
        promises = {p.grantee_id: p for p in Promise.objects.of_round(round_).order_by("pk")}
        lines = rows_of(self.subject)
        rows = [
            {
                "row": row,
                "cut": None if row.wish is None else row.amount - row.wish,
                "beside": beside.get(row.grantee_id),
                "apart": row.amount - beside.get(row.grantee_id, 0),
                "promise": promises.get(row.grantee_id),
            }
            for row in lines
        ]
        context = {
            **budget_of(round_),
            "scenario": self.subject,
            "scenarios": scenarios,
            "other": other,
            "rows": rows,
            "sums": {
                "wish": sum(row.wish or 0 for row in lines),
                "amount": sum(row.amount for row in lines),
                "beside": sum(beside.values()),
            },
            "may_plan": self.may("allocations.plan"),
            "may_promise": self.may("allocations.promise"),
        }
        context["remainder"] = self.subject.available - context["sums"]["amount"]
        return render(request, "allocations/scenario.html", context)


class ExportView(_ScenarioPage):
    action = "allocations.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        response = HttpResponse(
            scenario_xlsx(self.subject, rows_of(self.subject)),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
        name = f"{self.subject}.xlsx"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response


class PlanView(ActionView):
    """The what-if table: 計算する tries out, この案を保存する keeps it as the next version."""

    action = "allocations.plan"
    model = Round

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        base = self._base(request.GET.get("from"))
        fixed: dict[UUID, int | None] = {}
        initial: dict[str, Any] = {}
        if base is not None:
            initial = {"rule": base.rule, "ceiling": base.ceiling, "note": base.note}
            fixed = {row.grantee_id: row.fixed for row in rows_of(base)}
        form = SharingForm(left=left_of(self.subject), initial=initial)
        bodies = bodies_of(self.subject)
        rows = fixed_forms(bodies, self.subject.programme.terms().amount_unit, fixed)
        draft = work_out(
            self.subject,
            rule=initial.get("rule") or str(form.fields["rule"].initial),
            available=form.left,
            ceiling=initial.get("ceiling"),
            fixed=fixed,
        )
        return self._page(request, form, rows, draft, base)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        base = self._base(request.POST.get("from"))
        form = SharingForm(request.POST, left=left_of(self.subject))
        bodies = bodies_of(self.subject)
        unit = self.subject.programme.terms().amount_unit
        rows = fixed_forms(bodies, unit, {}, request.POST)
        if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
            return self._page(request, form, rows, None, base, status=422)
        given = form.cleaned_data
        draft = work_out(
            self.subject,
            rule=given["rule"],
            available=given["available"],
            ceiling=given["ceiling"],
            fixed={row.grantee.pk: row.cleaned_data["fixed"] for row in rows},
        )
        if "keep" not in request.POST:
            return self._page(request, form, rows, draft, base)
        try:
            scenario = keep_scenario(
                actor=self.actor,
                round_=self.subject,
                draft=draft,
                rule=given["rule"],
                ceiling=given["ceiling"],
                note=given["note"],
                based_on=base,
            )
        except Refused as refusal:
            form.add_error("available", list(refusal.reasons))
            return self._page(request, form, rows, draft, base, status=409)
        messages.success(request, f"配分案{scenario.number}を保存しました。")
        return redirect(scenario)

    def _base(self, pk: str | None) -> Scenario | None:
        found = Scenario.objects.for_user(self.actor).of_round(self.subject)
        return next((one for one in found.order_by("number") if str(one.pk) == pk), None)

    def _page(
        self,
        request: HttpRequest,
        form: SharingForm,
        rows: list[Any],
        draft: Draft | None,
        base: Scenario | None,
        status: int = 200,
    ) -> HttpResponse:
        lines = draft.lines if draft is not None else [None] * len(rows)
        context = {
            **budget_of(self.subject),
            "form": form,
            "forms": rows,
            "rows": list(zip(rows, lines, strict=True)),
            "draft": draft,
            "base": base,
            "unit": self.subject.programme.terms().amount_unit,
        }
        return render(request, "allocations/plan.html", context, status=status)


class PromiseAllView(_ScenarioPage):
    """What each body would get and what stands against it; then all at once, one by one."""

    action = "allocations.promise"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        prepared = preflight(self.subject, self.round)
        return self._page(request, self._form(prepared), prepared)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        prepared = preflight(self.subject, self.round)
        form = self._form(prepared, request.POST)
        ready = [one for one in prepared if one.is_ready]
        if not form.is_valid() or not ready:
            return self._page(request, form, prepared, status=422)
        if "check" in request.POST:
            return self._page(request, form, prepared)
        batch = promise_all(
            actor=self.actor,
            scenario=self.subject,
            prepared=ready,
            numbers=form.numbers,
            issued_on=form.cleaned_data["issued_on"],
        )
        return redirect(batch)

    def _form(self, prepared: list[Any], data: Any = None) -> NumbersForm:
        office = Organisation.objects.get(pk=self.actor.organisation_id)
        names = [one.row.grantee.name for one in prepared if one.is_ready]
        return NumbersForm(data, office=office, names=names)

    def _page(
        self, request: HttpRequest, form: NumbersForm, prepared: list[Any], status: int = 200
    ) -> HttpResponse:
        numbers = iter(form.numbers if form.is_bound and form.is_valid() else ())
        rows = [(one, next(numbers, None) if one.is_ready else None) for one in prepared]
        context = {
            **budget_of(self.round),
            "scenario": self.subject,
            "form": form,
            "rows": rows,
            "ready": sum(one.is_ready for one in prepared),
            "total": sum(one.row.amount for one in prepared if one.is_ready),
            "against": list(four_eyes_on_promise(self.actor.user_id, makers_of(self.subject))),
        }
        return render(request, "allocations/promise_all.html", context, status=status)


class PromiseView(ActionView):
    """A 内示 as its body and the Cabinet Office see it."""

    action = "allocations.read_promise"
    model = Promise

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        made: Promise = self.subject
        documents = Document.objects.for_user(self.actor).filter(case_id=made.case_id)
        context = {
            "promise": made,
            "content": content_of(made),
            "may_end": made.released_at is None and self.may("allocations.end_promise"),
            "documents": documents.order_by("created_at"),
            "timeline": list(reversed(timeline(made.case_id, self.actor))),
        }
        return render(request, "allocations/promise.html", context)


class EndPromiseView(ActionView):
    """The money that was held back is free again, for a reason that the body is told."""

    action = "allocations.end_promise"
    model = Promise

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, EndForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = EndForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            end_promise(actor=self.actor, made=self.subject, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "内示の取り置きを終えました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: EndForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "promise": self.subject}
        return render(request, "allocations/end_promise.html", context, status=status)


class BatchView(ActionView):
    """The result of every act that was asked for at once."""

    action = "allocations.read_batch"
    model = Batch

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        items = list(self.subject.items.all())
        done = [item for item in items if item.is_done]
        context = {
            "batch": self.subject,
            "items": items,
            "done": len(done),
            "failed": len(items) - len(done),
            "total": sum(item.amount for item in done),
        }
        return render(request, "allocations/batch.html", context)
