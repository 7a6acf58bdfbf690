"""The desk, acts on several filings at once, saved filters, conflicts of interest."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from grants.filings.api import Filing
from grants.programmes.api import Programme, newest_programme
from portal.access.api import ActionView
from portal.accounts.api import Membership
from portal.core.dates import FiscalYear
from portal.core.problems import Refused

from .filters import EVERY_YEAR, GROUPS, SORTS, DeskFilter, in_group, narrow, read_filter
from .forms import (
    AssignForm,
    AssignReasonForm,
    BeginForm,
    ConflictForm,
    EndConflictForm,
    FilterForm,
    KeepFilterForm,
)
from .models import Batch, Conflict, SavedFilter
from .services import (
    against,
    declare_conflict,
    drop_filter,
    end_conflict,
    keep_filter,
    reviewers,
    run_batch,
)
from .states import EXPLAINED, Act
from .tables import arranged, rows

_PAGE = 60


class _DeskView(ActionView):
    """Reads the filter of the address against what there is."""

    def read(self, data: Any) -> DeskFilter:
        programme = newest_programme()
        newest = programme.fiscal_year if programme else FiscalYear.of(timezone.localdate())
        years = Programme.objects.for_user(self.actor).newest_first()
        self.years = list(years.values_list("fiscal_year", flat=True))
        self.people = [(str(one.user_id), one.user.name) for one in reviewers()]
        return read_filter(data, self.years, {pk for pk, _ in self.people}, newest)


class DeskView(_DeskView):
    """All filings by state, age, deadline, who has them and flags; filters and order by GET."""

    action = "desk.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, KeepFilterForm())

    def page(self, request: HttpRequest, keep: KeepFilterForm, status: int = 200) -> HttpResponse:
        chosen = self.read(request.GET)
        visible = Filing.objects.for_user(self.actor).for_lists().select_related("desk_facts")
        filings = list(narrow(visible, chosen, self.actor.user_id).order_by("pk"))
        shown = in_group(filings, chosen.group)
        found = arranged(rows(shown, timezone.localdate()), chosen)
        page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
        counts = {key: len(in_group(filings, key)) for key in GROUPS}
        context = {
            "page_obj": page,
            "total": len(found),
            "chosen": chosen,
            "tabs": [
                (label, chosen.query(group=key), counts[key], key == chosen.group)
                for key, (label, _) in GROUPS.items()
            ],
            "heads": self._heads(chosen),
            "cleared": chosen.query(reviewer="", flag=""),
            "filter_form": self._filter_form(chosen),
            "keep_form": keep,
            "saved": SavedFilter.objects.for_user(self.actor).order_by("name"),
            "acts": self._acts(),
            "selects_all": "select" in request.GET,
            "select_query": f"{chosen.query()}&select=all".lstrip("&"),
            "explained": [(flag, flag.label, text) for flag, text in EXPLAINED.items()],
            "may_keep": self.may("desk.keep_filter"),
        }
        return render(request, "desk/list.html", context, status=status)

    def _heads(self, chosen: DeskFilter) -> dict[str, tuple[str, str, str]]:
        """(label, address, aria-sort) of each column that sorts."""
        directions = {"up": "ascending", "down": "descending"}
        return {
            key: (
                label,
                chosen.sorted_by(key),
                directions[chosen.order] if key == chosen.sort else "none",
            )
            for key, label in SORTS.items()
        }

    def _filter_form(self, chosen: DeskFilter) -> FilterForm:
        years = [(str(year), FiscalYear(year).label) for year in self.years]
        return FilterForm(
            years=[*years, (EVERY_YEAR, "すべての年度")],
            people=self.people,
            initial={"year": chosen.year, "reviewer": chosen.reviewer, "flag": chosen.flag},
        )

    def _acts(self) -> list[tuple[str, str]]:
        return [(act, label) for act, label in Act.choices if self.may(f"desk.{act}")]


class KeepFilterView(DeskView):
    """Keeps what the address shows under a name."""

    action = "desk.keep_filter"

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("desk:list")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = KeepFilterForm(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        name, query = form.cleaned_data["name"], self.read(request.GET).query()
        keep_filter(actor=self.actor, name=name, query=query)
        messages.success(request, f"条件「{name}」を保存しました。")
        return redirect(f"{reverse('desk:list')}?{query}")


class DropFilterView(ActionView):
    action = "desk.keep_filter"
    model = SavedFilter

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return redirect("desk:list")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        drop_filter(actor=self.actor, saved=self.subject)
        messages.success(request, f"条件「{self.subject.name}」を消しました。")
        return redirect("desk:list")


class BatchView(ActionView):
    """What one act would do to each of the filings chosen, and why not to some; then does it."""

    action = "desk.batch"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, self._chosen(request.GET), self._last_form(request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        filings = self._chosen(request.POST)
        form = self._last_form(request.POST, request.POST)
        if form is not None and not form.is_valid():
            return self._page(request, filings, form, status=422)
        try:
            key = uuid.UUID(request.POST.get("request_key", ""))
        except ValueError:
            raise Http404 from None
        try:
            batch = run_batch(
                actor=self.actor,
                key=key,
                act=self.act,
                filings=filings,
                to=self.to,
                reason=form.cleaned_data.get("reason", "") if form is not None else "",
            )
        except Refused as refusal:
            messages.error(request, "\n".join(refusal.reasons))
            return self._page(request, filings, form, status=409)
        return redirect(batch)

    def _chosen(self, data: Any) -> list[Filing]:
        """The filings named, as this person may see them. Raises Http404 for an unknown act."""
        self.act = data.get("act", "")
        if self.act not in Act.values:
            raise Http404
        self.demand(f"desk.{self.act}")
        self.to = self._reviewer(data)
        try:
            keys = [uuid.UUID(one) for one in data.getlist("filing")]
        except ValueError:
            raise Http404 from None
        visible = Filing.objects.for_user(self.actor).for_lists()
        return list(visible.filter(pk__in=keys).order_by("grantee__prefecture_id", "pk"))

    def _reviewer(self, data: Any) -> Membership | None:
        self.choice: AssignForm | None = None
        if self.act != Act.ASSIGN:
            return None
        asked = "reviewer" in data
        self.choice = AssignForm(data if asked else None)
        if asked and self.choice.is_valid():
            found: Membership = self.choice.cleaned_data["reviewer"]
            return found
        return None

    def _last_form(self, data: Any, typed: Any = None) -> Form | None:
        """What is asked for before the act is done."""
        if self.act == Act.BEGIN:
            return BeginForm(typed)
        return AssignReasonForm(typed) if self.to is not None else None

    def _page(
        self, request: HttpRequest, filings: list[Filing], form: Form | None, status: int = 200
    ) -> HttpResponse:
        found = [(filing, against(self.act, filing, self.actor, self.to)) for filing in filings]
        context = {
            "act": self.act,
            "label": Act(self.act).label,
            "rows": found,
            "ready": sum(not reasons for _, reasons in found),
            "choice": self.choice,
            "to": self.to,
            "is_chosen": self.act != Act.ASSIGN or self.to is not None,
            "form": form,
            "request_key": request.POST.get("request_key") or str(uuid.uuid4()),
        }
        return render(request, "desk/batch.html", context, status=status)


class BatchResultView(ActionView):
    """What became of each; stays at its address."""

    action = "desk.batch_result"
    model = Batch

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("asked_by")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        batch: Batch = self.subject
        done = [row for row in batch.results if row["is_done"]]
        left = [row for row in batch.results if not row["is_done"]]
        context = {"batch": batch, "done": done, "left": left}
        return render(request, "desk/batch_result.html", context)


class ConflictsView(ActionView):
    action = "desk.conflicts"

    def get(self, request: HttpRequest) -> HttpResponse:
        conflicts = (
            Conflict.objects.for_user(self.actor)
            .select_related("user", "grantee")
            .order_by("ended_at", "-declared_at", "id")
        )
        context = {
            "rows": [(one, self.actor.is_person(one.user_id)) for one in conflicts],
            "may_declare": self.may("desk.declare_conflict"),
        }
        return render(request, "desk/conflicts.html", context)


class DeclareConflictView(ActionView):
    action = "desk.declare_conflict"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, ConflictForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ConflictForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            declare_conflict(
                actor=self.actor,
                grantee=form.cleaned_data["grantee"],
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            form.add_error("grantee", list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(
            request, "利害関係を申し出ました。担当している申請があれば、割り当て直してください。"
        )
        return redirect("desk:conflicts")

    def _page(self, request: HttpRequest, form: ConflictForm, status: int = 200) -> HttpResponse:
        return render(request, "desk/declare_conflict.html", {"form": form}, status=status)


class EndConflictView(ActionView):
    action = "desk.end_conflict"
    model = Conflict

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("user", "grantee")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, EndConflictForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = EndConflictForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        end_conflict(actor=self.actor, conflict=self.subject, reason=form.cleaned_data["reason"])
        messages.success(request, "利害関係の申出を取り下げました。")
        return redirect("desk:conflicts")

    def _page(self, request: HttpRequest, form: EndConflictForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "conflict": self.subject}
        return render(request, "desk/end_conflict.html", context, status=status)
