"""The desk of April: who must do what next, and how many days are left."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from grants.awards.api import report_due
from grants.programmes.api import Programme
from portal.access.api import ActionView

from .april import Standing, standings
from .exports import april_csv, as_file
from .years import chosen_year, payment_day, years_with_awards


class _Desk(ActionView):
    action = "funds.view"

    def rows_of(self, year: Programme | None, today: date) -> list[Standing]:
        return standings(self.actor, year, today) if year else []

    def year_asked(self, request: HttpRequest) -> tuple[list[Programme], Programme | None]:
        years = years_with_awards()
        return years, chosen_year(years, request.GET.get("year", ""), timezone.localdate())


class AprilView(_Desk):
    def get(self, request: HttpRequest) -> HttpResponse:
        years, year = self.year_asked(request)
        today = timezone.localdate()
        rows = self.rows_of(year, today)
        context: dict[str, Any] = {
            "years": years,
            "year": year,
            "rows": rows,
            "undone": sum(not one.next.is_done for one in rows),
            "late": sum(one.next.is_late for one in rows),
        }
        if year is not None:
            for name, day in (
                ("report", report_due(None, year.terms()).day),
                ("payment", payment_day(year)),
            ):
                left = (day - today).days
                context |= {f"{name}_day": day, f"{name}_left": left, f"{name}_over": -left}
        return render(request, "funds/april.html", context)


class AprilFileView(_Desk):
    def get(self, request: HttpRequest) -> HttpResponse:
        _, year = self.year_asked(request)
        if year is None:
            raise Http404
        content = april_csv(self.rows_of(year, timezone.localdate()))
        return as_file(content, f"年度末の進み_{year.year_label}.csv")
