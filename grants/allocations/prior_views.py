"""事前着手届: those that were filed, and filing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.programmes.api import Programme
from portal.access.api import ActionView
from portal.core.problems import Refused

from .forms import PriorStartForm
from .known import first_eligible_day
from .models import PriorStart
from .services import file_prior_start


class ListView(ActionView):
    """A prefecture's own, to the Cabinet Office all of the year."""

    action = "allocations.prior_starts"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        programme: Programme = self.subject
        found = PriorStart.objects.for_user(self.actor).filter(programme=programme)
        may_file = self.may("allocations.file_prior_start")
        context = {
            "programme": programme,
            "notices": found.select_related("grantee").order_by("-filed_at"),
            "is_taken": programme.terms().first_eligible_day == "prior",
            "may_file": may_file,
            "first_day": first_eligible_day(programme, self.actor.organisation_id),
        }
        return render(request, "allocations/prior_starts.html", context)


class FileView(ActionView):
    action = "allocations.file_prior_start"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, PriorStartForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = PriorStartForm(request.POST)
        if form.is_valid():
            try:
                file_prior_start(actor=self.actor, programme=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("starts_on", list(refusal.reasons))
            else:
                messages.success(request, "事前着手を届け出ました。")
                return redirect("allocations:prior_starts", pk)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: PriorStartForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "programme": self.subject}
        return render(request, "allocations/file_prior_start.html", context, status=status)
