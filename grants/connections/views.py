"""Keys as people see them: the list, making one (shown once), revoking one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.contractors.api import Contract, is_responsible
from portal.access.api import ActionView
from portal.core.problems import Refused

from .forms import KeyForm
from .metering import limit_of_keys, standing_of
from .models import AccessKey
from .services import make_key, revoke_key


class ListView(ActionView):
    action = "connections.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        keys = AccessKey.objects.for_user(self.actor).with_everything().order_by("-made_at")
        contracts = Contract.objects.as_party(self.actor).in_force().for_lists()
        may_make = self.may("connections.make")
        today = timezone.localdate()
        context = {
            "keys": [(key, _standing(key, today), standing_of(key)) for key in keys],
            "limit": limit_of_keys(),
            "contracts": [c for c in contracts.order_by("title", "id") if may_make],
            "may_revoke": self.may("connections.revoke"),
        }
        return render(request, "connections/list.html", context)


def _standing(key: AccessKey, today: Any) -> str:
    if key.revoked_at is not None:
        return "key_revoked"
    return "key_expired" if today > key.expires_on else "key_open"


class MakeView(ActionView):
    action = "connections.make"
    model = Contract

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, KeyForm(contract=self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = KeyForm(request.POST, contract=self.subject)
        if not form.is_valid():
            return self._page(request, form, status=422)
        acts_for, role = form.people[form.cleaned_data["person"]]
        try:
            key, secret = make_key(
                actor=self.actor,
                contract=self.subject,
                label=form.cleaned_data["label"],
                acts_for=acts_for,
                role=role,
                scopes=form.cleaned_data["scopes"],
                expires_on=form.cleaned_data["expires_on"],
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        # Shown in the answer itself: a page to come back to would have to keep it.
        response = render(request, "connections/made.html", {"key": key, "secret": secret})
        response["Cache-Control"] = "no-store"
        return response

    def _page(self, request: HttpRequest, form: KeyForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "contract": self.subject,
            "is_responsible": is_responsible(self.subject, self.actor),
        }
        return render(request, "connections/make.html", context, status=status)


class RevokeView(ActionView):
    action = "connections.revoke"
    model = AccessKey

    def get_queryset(self) -> Any:
        return super().get_queryset().with_everything()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return render(request, "connections/revoke.html", {"key": self.subject})

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        revoke_key(actor=self.actor, key=self.subject)
        messages.success(request, f"接続キー「{self.subject.label}」を無効にしました。")
        return redirect("connections:list")
