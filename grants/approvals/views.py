"""決裁: what waits for me, approving in turn, and the routes of the office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.filings.api import Filing, FilingState
from portal.access.api import ActionView
from portal.core.problems import Refused, Stale

from .forms import EndorseForm, RouteForm, seat_rows
from .models import Circulation, Endorsement, Route
from .presentation import approval_context
from .services import endorse, keep_route, reasons_against_acting, retire_route
from .standing import standing_of, standings

_DONE_SHOWN = 20


class ListView(ActionView):
    """My turn first, then what comes later to me, then what I did."""

    action = "approvals.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        going = Circulation.objects.for_user(self.actor).going_round().for_lists()
        found = standings(list(going.order_by("requested_at")))
        mine = [one for one in found if one.stop_for(self.actor) is not None]
        done = (
            Endorsement.objects.filter(user_id=self.actor.user_id)
            .select_related("stop__circulation__filing__programme")
            .select_related("stop__circulation__filing__grantee")
            .order_by("-at")[:_DONE_SHOWN]
        )
        context = {
            "mine": [(one, one.stop_for(self.actor)) for one in mine],
            "others": [one for one in found if one not in mine],
            "done": done,
        }
        return render(request, "approvals/list.html", context)


class ApproveView(ActionView):
    """承認 or 合議 in one's turn; whose turn is the last one goes on to the act that files."""

    action = "approvals.endorse"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists().select_related("revision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing: Filing = self.subject
        if filing.state != FilingState.AWAITING_APPROVAL:
            return redirect(filing)
        standing = standing_of(filing)
        stop = standing.stop_for(self.actor) if standing else None
        if standing is not None and stop is not None and standing.is_last(stop):
            return redirect(filing.transition_url("submit"))
        return self._page(request, EndorseForm(version=filing.version))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = EndorseForm(request.POST, version=self.subject.version)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            endorse(
                actor=self.actor,
                filing=self.subject,
                comment=form.cleaned_data["comment"],
                seen_version=form.seen_version,
            )
        except Refused as refusal:
            return self._page(request, form, refusal.reasons, status=409)
        messages.success(request, "承認しました。次の順番の人へ知らせます。")
        return redirect("approvals:list")

    def _page(
        self,
        request: HttpRequest,
        form: EndorseForm,
        reasons: tuple[str, ...] = (),
        status: int = 200,
    ) -> HttpResponse:
        filing: Filing = self.subject
        context = approval_context(filing, self.actor)
        standing = context["standing"]
        is_my_turn = standing is not None and standing.stop_for(self.actor) is not None
        if is_my_turn and not reasons:
            reasons_now = tuple(reasons_against_acting(filing, self.actor, as_last=False))
        else:
            # Whose turn it is not is told so, without being told off.
            reasons_now = reasons
        context |= {
            "form": form,
            "filing": filing,
            "is_my_turn": is_my_turn,
            "reasons": reasons_now,
            "was_refused": bool(reasons),
            "row": {"label": "承認する"},
            "back_url": filing.get_absolute_url(),
        }
        return render(request, "approvals/approve.html", context, status=status)


class RouteListView(ActionView):
    action = "approvals.routes.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        routes = Route.objects.for_user(self.actor).in_use().with_seats().order_by("name")
        context = {"routes": routes, "may_edit": self.may("approvals.routes.edit")}
        return render(request, "approvals/routes.html", context)


class _RouteFormView(ActionView):
    action = "approvals.routes.edit"

    def post(self, request: HttpRequest, pk: Any = None) -> HttpResponse:
        route: Route | None = self.subject
        form = RouteForm(request.POST, version=route.version if route else 0)
        rows = seat_rows(self.actor, request.POST)
        if rows.is_row_action:
            form.forget_errors()
            rows.forget_errors()
            return self._page(request, form, rows)
        if not (form.is_valid() and rows.is_valid()):
            return self._page(request, form, rows, status=422)
        try:
            keep_route(
                actor=self.actor,
                name=form.cleaned_data["name"],
                seats=[(row["kind"], row["membership"]) for row in rows.filled],
                route=route,
                seen_version=form.seen_version if route else None,
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, rows, status=409)
        messages.success(request, "決裁経路を保存しました。")
        return redirect("approvals:routes")

    def _page(self, request: HttpRequest, form: Any, rows: Any, status: int = 200) -> HttpResponse:
        context = {"form": form, "rows": rows, "route": self.subject}
        return render(request, "approvals/route_form.html", context, status=status)


class NewRouteView(_RouteFormView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, RouteForm(version=0), seat_rows(self.actor))


class EditRouteView(_RouteFormView):
    model = Route

    def get_queryset(self) -> Any:
        return super().get_queryset().in_use().with_seats()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = RouteForm(initial={"name": self.subject.name}, version=self.subject.version)
        return self._page(request, form, seat_rows(self.actor, route=self.subject))


class RetireRouteView(ActionView):
    action = "approvals.routes.edit"
    model = Route

    def get_queryset(self) -> Any:
        return super().get_queryset().in_use().with_seats()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return render(request, "approvals/retire.html", {"route": self.subject})

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        retire_route(actor=self.actor, route=self.subject)
        messages.success(request, f"「{self.subject.name}」を使わないことにしました。")
        return redirect("approvals:routes")
