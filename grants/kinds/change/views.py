"""Writing a change: where it differs, why, and 変更前／変更後 side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from grants.changes.api import ChangeRequest, save_request, start_change
from grants.filings.api import latest_version
from portal.access.api import ActionView
from portal.core.problems import Refused, Stale
from portal.workflow.api import buttons

from .forms import ReasonAndAmountForm
from .kind import Read, amount_rows, payload, read, side_by_side
from .overview import overview


class StartView(ActionView):
    """Begins a change of the plan in force, or goes on with the one on its way."""

    action = "change.start"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = start_change(actor=self.actor, award=self.subject)
        return redirect(filing.working_url)


class _OfChange(ActionView):
    action = "change.view"
    model = ChangeRequest

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related(
                "filing__programme",
                "filing__grantee__prefecture",
                "filing__revision",
                "award__programme",
                "award__grantee",
                "award__decision",
            )
        )

    def read(self) -> Read:
        self.subject.award.programme = self.subject.filing.programme
        return read(self.subject)


class OverviewView(_OfChange):
    """Which parts of the plan differ, whether approval is needed and by which computation."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = self.subject.filing
        if not filing.is_with_its_body:
            return redirect(filing)
        found = self.read()
        context = {
            "filing": filing,
            "revision": filing.revision,
            "change": self.subject,
            "found": found,
            "minor": found.finding.as_values(),
            "overview": overview(filing, found),
            "amount_rows": amount_rows(found),
            "buttons": buttons(filing, self.actor, with_reasons=False),
            "may_edit": self.may("change.edit", filing),
        }
        return render(request, "change/overview.html", context)


class ReasonView(_OfChange):
    """Why, and the amount that is asked for."""

    action = "change.edit"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        change: ChangeRequest = self.subject
        first = {"reason": change.reason, "effect": change.effect, "amount": change.amount}
        form = ReasonAndAmountForm(initial=first, version=change.version)
        return self._page(request, form)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = ReasonAndAmountForm(request.POST, version=self.subject.version)
        if not form.is_valid():
            return self._page(request, form, status=422)
        given = {name: form.cleaned_data[name] for name in ("reason", "effect", "amount")}
        try:
            save_request(
                actor=self.actor, change=self.subject, seen_version=form.seen_version, **given
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "変更の理由と額を保存しました。")
        return redirect(self.subject)

    def _page(
        self, request: HttpRequest, form: ReasonAndAmountForm, status: int = 200
    ) -> HttpResponse:
        found = self.read()
        context = {
            "form": form,
            "filing": self.subject.filing,
            "change": self.subject,
            "found": found,
            "highest": found.table.g,
        }
        return render(request, "change/reason.html", context, status=status)


class CompareView(_OfChange):
    """変更前と変更後: only what differs, row by row, and what still stands against filing.

    As it is being written, then as it was sealed: what is in force meanwhile does not change it.
    """

    action = "change.compare"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = self.subject.filing
        sealed = None if filing.is_with_its_body else latest_version(filing)
        context = {
            "filing": filing,
            "change": self.subject,
            "buttons": buttons(filing, self.actor),
            **side_by_side(sealed.content if sealed else payload(filing)),
        }
        return render(request, "change/compare.html", context)
