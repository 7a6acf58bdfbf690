from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse

from portal.access.api import SIGNED_IN, ActionView

from .carriers import Row, table


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table with the addresses that this reader may open; "" where none."""

    row: Row
    places: tuple[tuple[str, str], ...]


class TableView(ActionView):
    """要領対応表: every clause with the rule, process or screen that carries it."""

    action = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = [
            Line(row, tuple((c.label, self._address(c.url_name)) for c in row.carriers))
            for row in table()
        ]
        uncarried = [line.row.clause for line in lines if not line.row.is_carried]
        context = {
            "lines": lines,
            "total": len(lines),
            "carried": len(lines) - len(uncarried),
            "uncarried": uncarried,
            "uncarried_title": f"まだ対応していない項目が{len(uncarried)}件あります",
        }
        return render(request, "guideline/table.html", context)

    def _address(self, url_name: str) -> str:
        """The page, if the reader's role may open it: a link never leads to a refusal."""
        if not url_name:
            return ""
        address = reverse(url_name)
        view: type[ActionView] = resolve(address).func.view_class
        return address if self.may(view.action) else ""
