"""Visits as they are planned, written down, and read by both sides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.access.api import CABINET_OFFICE, ActionView
from portal.audit.api import story
from portal.core.problems import Refused, Stale
from portal.workflow.api import TransitionView, buttons

from .forms import VisitForm, inspector_rows, record_forms
from .models import Visit
from .presentation import context_of
from .services import edit_visit, plan_visit, save_record
from .slots import drawn_without_item, sections_of

_PAGE = 50
_PLAN = ("award", "contract", "contract_article", "kind", "planned_on", "place", "scope")


class ListView(ActionView):
    """The office's visits, or a body's own; the latest day first."""

    action = "visits.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Visit.objects.for_user(self.actor).for_lists().with_counts()
        page = Paginator(found.order_by("-planned_on", "id"), _PAGE)
        context = {
            "page_obj": page.get_page(request.GET.get("page")),
            "may_plan": self.may("visits.plan"),
            "is_office": self.actor.role in CABINET_OFFICE,
        }
        return render(request, "visits/list.html", context)


class PlanView(ActionView):
    """A new plan; `EditView` is the same page for one that exists."""

    action = "visits.plan"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(request, self._form(), inspector_rows(self.actor, None, self.subject))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        rows = inspector_rows(self.actor, request.POST, self.subject)
        if rows.is_row_action:
            form.forget_errors()
            rows.forget_errors()
            return self._page(request, form, rows)
        if not (form.is_valid() & rows.is_valid()):
            return self._page(request, form, rows, status=422)
        try:
            visit = self._keep(form, rows.team())
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, rows, status=409)
        messages.success(request, "検査の計画を保存しました。")
        return redirect(visit)

    def _form(self, data: Any = None) -> VisitForm:
        return VisitForm(data, actor=self.actor)

    def _keep(self, form: VisitForm, team: list[Any]) -> Visit:
        return plan_visit(actor=self.actor, values=form.cleaned_data, team=team)

    def _page(
        self, request: HttpRequest, form: VisitForm, rows: Any, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "rows": rows, "visit": self.subject}
        return render(request, "visits/plan.html", context, status=status)


class EditView(PlanView):
    action = "visits.edit"
    model = Visit

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def _form(self, data: Any = None) -> VisitForm:
        visit: Visit = self.subject
        if visit.is_outside:
            raise Http404
        initial = {name: getattr(visit, name) for name in _PLAN}
        return VisitForm(data, actor=self.actor, version=visit.version, initial=initial)

    def _keep(self, form: VisitForm, team: list[Any]) -> Visit:
        visit: Visit = self.subject
        edit_visit(
            actor=self.actor,
            visit=visit,
            seen_version=form.seen_version,
            values=form.cleaned_data,
            team=team,
        )
        return visit


class DetailView(ActionView):
    """The visit, and what was found, as far as this side may know it."""

    action = "visits.view"
    model = Visit

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        visit: Visit = self.subject
        context = {
            **context_of(visit, self.actor),
            "buttons": buttons(visit, self.actor),
            "may_edit": self.may("visits.edit", visit),
            "may_record": self.may("visits.record", visit),
            "sections": sections_of(visit, self.actor),
            "story": list(reversed(story(visit, self.actor))),
        }
        return render(request, "visits/detail.html", context)


class RecordView(ActionView):
    """The record of the day, which may be saved half written."""

    action = "visits.record"
    model = Visit

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, *record_forms(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form, items, asked = record_forms(self.subject, request.POST, request.FILES)
        if items.is_row_action or asked.is_row_action:
            for one in (form, items, asked):
                one.forget_errors()
            return self._page(request, form, items, asked)
        if not (form.is_valid() & items.is_valid() & asked.is_valid()):
            return self._page(request, form, items, asked, status=422)
        try:
            save_record(
                actor=self.actor,
                visit=self.subject,
                seen_version=form.seen_version,
                values=form.cleaned_data,
                items=_without_uid(items.filled),
                questions=_without_uid(asked.filled),
                upload=form.cleaned_data["file"],
            )
        except ValidationError as error:
            form.add_error("file", error)
            return self._page(request, form, items, asked, status=422)
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, items, asked, status=409)
        messages.success(request, "検査の記録を保存しました。")
        return redirect(self.subject)

    def _page(
        self, request: HttpRequest, form: Any, items: Any, asked: Any, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "items": items,
            "asked": asked,
            "visit": self.subject,
            "drawn": [] if items.is_bound else drawn_without_item(self.subject),
        }
        return render(request, "visits/record.html", context, status=status)


def _without_uid(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "uid"} for row in rows]


class VisitTransitionView(TransitionView):
    model = Visit
    template_name = "visits/transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def extra_context(self) -> dict[str, Any]:
        return context_of(self.subject, self.actor)
