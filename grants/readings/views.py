"""閲覧の許可: what a prefecture opened, who read what, and the case as its reader finds it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from grants.contractors.api import Contract
from grants.filings.api import Filing
from portal.access.api import ActionView, Role
from portal.core.problems import Refused
from portal.documents.api import Document

from .forms import EndForm, ExtendForm, OpenForm
from .models import Reading
from .services import end_reading, extend_reading, most_days, open_reading

_A_PAGE = 100


class ListView(ActionView):
    """To a prefecture what it opened, to a reader what stands open."""

    action = "readings.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Reading.objects.for_user(self.actor).with_state()
        context = {
            "readings": found.select_related("organisation", "grantee").prefetch_related(
                "awards__programme"
            ),
            "is_reader": self.actor.role == Role.READER,
            "may_open": self.may("readings.open"),
        }
        return render(request, "readings/list.html", context)


class _OfReading(ActionView):
    model = Reading

    def get_queryset(self) -> Any:
        return super().get_queryset().with_state().select_related("organisation", "grantee")

    def awards(self) -> Any:
        found = self.subject.awards.select_related("programme", "decision")
        return found.order_by("-programme__fiscal_year")


class DetailView(_OfReading):
    """The cases, the period, and every page that was read."""

    action = "readings.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        pages = Paginator(self.subject.pages.all(), _A_PAGE)
        is_going = self.subject.state in ("reading_open", "reading_coming")
        context = {
            "reading": self.subject,
            "awards": self.awards(),
            "pages": pages.get_page(request.GET.get("page")),
            "is_reader": self.actor.role == Role.READER,
            "may_extend": self.may("readings.extend") and is_going,
            "may_end": self.may("readings.end") and is_going,
        }
        return render(request, "readings/detail.html", context)


class OpenView(ActionView):
    action = "readings.open"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            given = dict(form.cleaned_data)
            try:
                made = open_reading(
                    actor=self.actor, awards=list(given.pop("awards")), **_named(form, given)
                )
            except Refused as refusal:
                form.add_error("ends_on", list(refusal.reasons))
            else:
                messages.success(
                    request,
                    f"{made.name}さんに案件を開きました。\n読んだ画面は、ここに記録されます。",
                )
                return redirect(made)
        return self._page(request, form, status=422)

    def _form(self, data: Any = None) -> OpenForm:
        return OpenForm(data, awards=self._awards())

    def _awards(self) -> Any:
        found = Award.objects.for_user(self.actor).select_related("programme", "decision")
        return found.order_by("-programme__fiscal_year")

    def _page(self, request: HttpRequest, form: OpenForm, status: int = 200) -> HttpResponse:
        awards = list(self._awards())
        context = {"form": form, "has_cases": bool(awards), "most_days": most_days(awards)}
        return render(request, "readings/open.html", context, status=status)


def _named(form: OpenForm, given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in form.base_fields if name != "awards"}


class ExtendView(_OfReading):
    action = "readings.extend"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, ExtendForm(initial={"ends_on": self.subject.ends_on}))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = ExtendForm(request.POST)
        if form.is_valid():
            try:
                extend_reading(
                    actor=self.actor,
                    reading=self.subject,
                    ends_on=form.cleaned_data["ends_on"],
                    reason=form.cleaned_data["reason"],
                )
            except Refused as refusal:
                form.add_error("ends_on", list(refusal.reasons))
            else:
                messages.success(request, "閲覧の期間を延ばしました。")
                return redirect(self.subject)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: ExtendForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "reading": self.subject, "is_ending": False}
        return render(request, "readings/change.html", context, status=status)


class EndView(_OfReading):
    action = "readings.end"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, EndForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = EndForm(request.POST)
        if form.is_valid():
            try:
                end_reading(
                    actor=self.actor,
                    reading=self.subject,
                    reason=form.cleaned_data["reason"],
                    request_key=form.cleaned_data["request_key"],
                )
            except Refused as refusal:
                form.add_error("reason", list(refusal.reasons))
            else:
                messages.success(request, "閲覧を終えました。\n記録は残ります。")
                return redirect(self.subject)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: EndForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "reading": self.subject, "is_ending": True}
        return render(request, "readings/change.html", context, status=status)


class CaseView(ActionView):
    """One award with all that hangs on it, as far as it was filed: to read, nothing to do."""

    action = "readings.case"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        award: Award = self.subject
        filings = Filing.objects.for_user(self.actor).filter(
            programme_id=award.programme_id, grantee_id=award.grantee_id
        )
        cases = list(filings.for_lists().order_by("first_submitted_at"))
        contracts = Contract.objects.for_user(self.actor).filter(award=award)
        documents = Document.objects.for_user(self.actor)
        context = {
            "award": award,
            "filings": cases,
            "payments": award.payments.standing(),
            "contracts": contracts.select_related("contractor").order_by("signed_on", "id"),
            "documents": documents.filter(case_id__in=[one.pk for one in cases]).order_by(
                "-created_at"
            ),
        }
        return render(request, "readings/case.html", context)
