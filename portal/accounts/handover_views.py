"""Handing a role over, and reopening a body whose people have all moved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.access.api import ActionView
from portal.core.problems import Denied, Refused

from .forms import HandoverForm, ReopeningForm
from .handovers import cancel_handover, confirm_reopening, hand_over, propose_reopening
from .models import Handover, Membership, Organisation, Reopening
from .policy import manages_absences
from .work import open_work


class HandoversView(ActionView):
    """Standing handovers of the office, newest first, with what each predecessor still had in hand."""

    action = "accounts.handovers.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        handovers = (
            Handover.objects.for_user(self.actor).standing().for_lists().order_by("-effective_on")
        )
        mine = Membership.objects.in_force().filter(
            user_id=self.actor.user_id,
            organisation_id=self.actor.organisation_id,
            role=self.actor.role,
        )
        context = {
            "handovers": handovers,
            "today": timezone.localdate(),
            "work": [w for membership in mine[:1] for w in open_work(membership)],
            "may_declare": self.may("accounts.handovers.declare"),
            "may_cancel": self.may("accounts.handovers.cancel") and manages_absences(self.actor),
        }
        return render(request, "accounts/handovers.html", context)


class HandOverView(ActionView):
    action = "accounts.handovers.declare"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, HandoverForm(actor=self.actor))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = HandoverForm(request.POST, actor=self.actor)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            hand_over(actor=self.actor, **form.cleaned_data)
        except Denied as refusal:
            if not isinstance(refusal, Refused):
                raise
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(
            request, "引継ぎを届け出ました。\n発令日から、前任の人は閲覧だけになります。"
        )
        return redirect("accounts:handovers")

    def _page(self, request: HttpRequest, form: HandoverForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/hand_over.html", {"form": form}, status=status)


class CancelHandoverView(ActionView):
    action = "accounts.handovers.cancel"
    model = Handover

    def get_queryset(self) -> Any:
        return super().get_queryset().standing().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return render(request, "accounts/cancel_handover.html", {"handover": self.subject})

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        cancel_handover(actor=self.actor, handover=self.subject)
        messages.success(request, "引継ぎを取り消しました。")
        return redirect("accounts:handovers")


class ReopeningsView(ActionView):
    """Bodies without a manager, and proposals that wait for a second person."""

    action = "accounts.reopenings.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = (
            Reopening.objects.for_user(self.actor)
            .waiting()
            .select_related("organisation", "proposed_by")
            .order_by("proposed_at")
        )
        context = {
            "orphans": Organisation.objects.without_manager(),
            "rows": [(one, self.may("accounts.reopenings.confirm", one)) for one in waiting],
        }
        return render(request, "accounts/reopenings.html", context)


class ProposeReopeningView(ActionView):
    action = "accounts.reopenings.propose"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, ReopeningForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ReopeningForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            propose_reopening(actor=self.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(
            request, "再開を申し出ました。別の人が確かめると、招待のメールを送ります。"
        )
        return redirect("accounts:reopenings")

    def _page(self, request: HttpRequest, form: ReopeningForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/propose_reopening.html", {"form": form}, status=status)


class ConfirmReopeningView(ActionView):
    action = "accounts.reopenings.confirm"
    model = Reopening

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organisation", "proposed_by")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return render(request, "accounts/confirm_reopening.html", {"reopening": self.subject})

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        confirm_reopening(actor=self.actor, reopening=self.subject)
        messages.success(request, f"{self.subject.name}さんに招待のメールを送ります。")
        return redirect("accounts:reopenings")
