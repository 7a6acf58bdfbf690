"""Revoking a decision. What follows is on the page of the award's money."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from grants.payments.api import ceiling_of
from portal.access.api import ActionView
from portal.accounts.api import Organisation
from portal.core.problems import Refused
from portal.workflow.api import TransitionView

from .forms import RevokeForm
from .models import Revocation
from .services import revoke


class RevokeView(ActionView):
    action = "revocations.revoke"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self._form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            given = {**form.cleaned_data}
            number = given.pop("document_number")
            try:
                made = revoke(actor=self.actor, award=self.subject, number=number, **given)
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
            else:
                messages.success(request, "決定を取り消しました。\n取消通知書を作成しています。")
                return redirect(made)
        return self._page(request, form, status=422)

    def _form(self, data: Any = None) -> RevokeForm:
        return RevokeForm(data, office=Organisation.objects.get(pk=self.actor.organisation_id))

    def _page(self, request: HttpRequest, form: RevokeForm, status: int = 200) -> HttpResponse:
        award: Award = self.subject
        ceiling = ceiling_of(award)
        context = {
            "form": form,
            "award": award,
            "fixed": ceiling if ceiling < award.amount else None,
            "paid": award.payments.standing().total(),
        }
        return render(request, "revocations/revoke.html", context, status=status)


class RevocationTransitionView(TransitionView):
    model = Revocation

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()
