"""The list of what is owed after 額の確定, as both offices see it: filters, counts, the report to begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grants.awards.api import Award
from grants.programmes.api import Programme, named_year
from portal.access.api import CABINET_OFFICE, ActionView

_IS_SHOWN: Mapping[str, Callable[[Any], bool]] = {
    "open": lambda one: one.is_open,
    "late": lambda one: one.is_late,
    "waiting": lambda one: one.is_waiting,
    "all": lambda one: True,
}


class DutyListView(ActionView):
    """All bodies and years: who owes a figure, and who is late. To a prefecture its own.

    `find` gives the duties on awards; `shows` are the filters offered, the first at the beginning.
    """

    template_name = ""
    start_action = ""
    find: Callable[..., list[Any]]
    shows: tuple[tuple[str, str], ...] = (
        ("open", "済んでいないもの"),
        ("late", "期限を過ぎたもの"),
        ("all", "すべて"),
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        awards = Award.objects.for_user(self.actor)
        years = list(
            Programme.objects.filter(awards__in=awards.filter(settlement__isnull=False))
            .distinct()
            .order_by("-fiscal_year")
        )
        chosen = named_year(years, request.GET.get("year", ""))
        if chosen is not None:
            awards = awards.filter(programme=chosen)
        order = ("-programme__fiscal_year", "grantee__prefecture_id", "id")
        found = type(self).find(self.actor, awards.order_by(*order))
        shown = request.GET.get("show", "")
        shown = shown if shown in dict(self.shows) else self.shows[0][0]
        context = {
            "years": years,
            "year": chosen,
            "shows": self.shows,
            "show": shown,
            "rows": [one for one in found if _IS_SHOWN[shown](one)],
            "open": sum(one.is_open for one in found),
            "late": sum(one.is_late for one in found),
            "returned": sum(one.returned for one in found),
            "has_any": bool(found),
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_start": self.may(self.start_action),
        }
        return render(request, self.template_name, context)
