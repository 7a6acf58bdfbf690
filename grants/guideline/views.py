from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.access.api import SIGNED_IN, ActionView

from .carriers import table


class TableView(ActionView):
    """要領対応表: every clause with the rule, process or screen that carries it."""

    action = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = table()
        carried = sum(row.is_carried for row in rows)
        context = {"rows": rows, "carried": carried, "total": len(rows)}
        return render(request, "guideline/table.html", context)
