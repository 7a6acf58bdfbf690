"""繰越し: what of which award goes on, asking for it, and giving it up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.awards.api import Award, report_due, unfinished_report_due
from grants.carryovers.api import (
    Carried,
    Carryover,
    YearEnd,
    against_giving_up,
    draw_carryover_again,
    give_up,
    save_carryover,
    start_carryover,
    start_reasons,
    unreported_year,
)
from grants.guideline.api import Subject, judge
from grants.kinds.discontinuance.stating import as_values
from grants.programmes.api import Programme, named_year
from portal.access.api import CABINET_OFFICE, ActionView
from portal.core.dates import FiscalYear
from portal.core.problems import Refused, Stale
from portal.workflow.api import buttons

from .forms import CarryoverForm, GiveUpForm, row_forms
from .kind import amount_rows, read


@dataclass(frozen=True, slots=True)
class Row:
    """One award: what was asked for, newest first, and what was approved, by step."""

    award: Award
    asked: tuple[Carryover, ...]
    carried: tuple[Carried, ...]
    year_ends: tuple[YearEnd, ...]

    @property
    def standing(self) -> Carried | None:
        """The last that counts."""
        return next((one for one in reversed(self.carried) if one.given_up_at is None), None)

    @property
    def may_report(self) -> bool:
        """A year of work that was carried on is over, and nothing on its way or filed tells of it."""
        live = [one for one in self.year_ends if one.filing.state != "withdrawn"]
        if any(one.filing.is_with_writers for one in live):
            return False
        carried = sum(one.given_up_at is None for one in self.carried)
        first, now = self.award.programme.fiscal_year, FiscalYear.of(timezone.localdate())
        year = unreported_year(first, carried, {one.fiscal_year for one in live}, now)
        return carried > 0 and year is not None

    @property
    def against(self) -> tuple[str, ...]:
        """Why none can be begun today."""
        kinds = [one.kind for one in self.carried if one.given_up_at is None]
        year = self.award.programme.fiscal_year
        return tuple(start_reasons(year, kinds, timezone.localdate()))

    @property
    def can_start(self) -> bool:
        is_going = any(one.filing.state not in _CLOSED for one in self.asked)
        return not is_going and not self.against


_CLOSED = ("decided", "declined", "withdrawn")


class ListView(ActionView):
    """Every award of a year with its 繰越し: to a prefecture its own."""

    action = "carryovers.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        awards = Award.objects.for_user(self.actor).in_force()
        years = list(
            Programme.objects.filter(awards__in=awards).distinct().order_by("-fiscal_year")
        )
        chosen = named_year(years, request.GET.get("year", "")) or next(iter(years), None)
        is_office = self.actor.role in CABINET_OFFICE
        rows = self._rows(
            awards.filter(programme=chosen).select_related("grantee", "decision", "programme")
        )
        if is_office:
            rows = [row for row in rows if row.asked or row.carried]
        standing = [row.standing for row in rows if row.standing]
        context = {
            "years": years,
            "year": chosen,
            "rows": rows,
            "waiting": sum(one.filing.state not in _CLOSED for row in rows for one in row.asked),
            "national": sum(int(one.national) for one in standing),
            "is_office": is_office,
            "may_start": self.may("carryover.start"),
            "may_give_up": self.may("carryovers.give_up"),
            "may_report": self.may("year_end.start"),
        }
        return render(request, "carryovers/list.html", context)

    def _rows(self, awards: Any) -> list[Row]:
        """Four queries, however many awards."""
        found = list(awards.order_by("grantee__prefecture_id", "id"))
        ids = [award.pk for award in found]
        asked: dict[UUID, list[Carryover]] = defaultdict(list)
        seen = Carryover.objects.for_user(self.actor).filter(award_id__in=ids)
        for one in seen.select_related("filing__programme", "filing__grantee").order_by(
            "-filing__created_at"
        ):
            asked[one.award_id].append(one)
        ended: dict[UUID, list[YearEnd]] = defaultdict(list)
        told = YearEnd.objects.for_user(self.actor).filter(award_id__in=ids)
        for report in told.select_related("filing__programme", "filing__grantee").order_by(
            "filing__created_at"
        ):
            ended[report.award_id].append(report)
        carried: dict[UUID, list[Carried]] = defaultdict(list)
        for one in (
            Carried.objects.for_user(self.actor)
            .filter(award_id__in=ids)
            .order_by("step", "carried_at")
        ):
            carried[one.award_id].append(one)
        return [
            Row(award, tuple(asked[award.pk]), tuple(carried[award.pk]), tuple(ended[award.pk]))
            for award in found
        ]


class StartView(ActionView):
    """Begins one under an award, or goes on with the one on its way."""

    action = "carryover.start"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = start_carryover(actor=self.actor, award=self.subject)
        return redirect(filing.working_url)


class EditView(ActionView):
    """One page: what the plan has and contracts were paid stands there; the rest is typed beside it."""

    action = "carryover.view"
    model = Carryover

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related(
                "filing__programme",
                "filing__grantee__prefecture",
                "award__programme",
                "award__grantee",
                "award__decision",
            )
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = self.subject.filing
        if not filing.is_with_its_body:
            return redirect(filing)
        if self.may("carryover.edit", filing):
            draw_carryover_again(carryover=self.subject)
        return self._page(request, self._form(), row_forms(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.may("carryover.edit", self.subject.filing):
            return redirect(self.subject.filing)
        form, rows = self._form(request.POST), row_forms(self.subject, request.POST)
        if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
            return self._page(request, form, rows, status=422)
        try:
            save_carryover(
                actor=self.actor,
                carryover=self.subject,
                seen_version=form.seen_version,
                values={name: form.cleaned_data[name] for name in form.base_fields},
                rows={UUID(str(row.row.uid)): row.cleaned_data for row in rows},
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, rows, status=409)
        messages.success(request, "保存しました。")
        return redirect(self.subject)

    def _form(self, data: Any = None) -> CarryoverForm:
        first = {name: getattr(self.subject, name) for name in CarryoverForm.base_fields}
        return CarryoverForm(
            data, initial=first, version=self.subject.version, carryover=self.subject
        )

    def _page(
        self, request: HttpRequest, form: CarryoverForm, rows: list[Any], status: int = 200
    ) -> HttpResponse:
        carryover, filing = self.subject, self.subject.filing
        subject, terms = read(carryover), carryover.award.programme.terms()
        context = {
            "form": form,
            "rows": rows,
            "has_direct": any(not row.row.is_contracted for row in rows),
            "carryover": carryover,
            "filing": filing,
            "subject": subject,
            "buttons": buttons(filing, self.actor),
            "amount_rows": amount_rows(carryover, subject),
            "judgements": as_values(judge(Subject.CARRYOVER, subject)),
            "may_edit": self.may("carryover.edit", filing),
            "report_until": report_due(None, terms, carryover.step).day,
            "unfinished_until": unfinished_report_due(terms, carryover.step - 1).day,
        }
        return render(request, "carryovers/edit.html", context, status=status)


class GiveUpView(ActionView):
    """The work ends within its year after all: until that year's last day."""

    action = "carryovers.give_up"
    model = Carried

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related("award__programme", "award__grantee", "decision__filing")
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, GiveUpForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = GiveUpForm(request.POST)
        if form.is_valid():
            try:
                give_up(actor=self.actor, carried=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("reason", list(refusal.reasons))
            else:
                messages.success(
                    request,
                    "繰越しを取りやめました。\n実績報告と支払の期限は、もとの年度に戻ります。",
                )
                return redirect("carryover:list")
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: GiveUpForm, status: int = 200) -> HttpResponse:
        terms = self.subject.award.programme.terms()
        context = {
            "form": form,
            "carried": self.subject,
            "award": self.subject.award,
            "against": against_giving_up(self.subject),
            "report_until": report_due(None, terms, self.subject.step - 1).day,
        }
        return render(request, "carryovers/give_up.html", context, status=status)
