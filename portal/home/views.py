from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.access.api import SIGNED_IN, ActionView

from .slots import Panel, panels_for

log = structlog.get_logger(__name__)


class HomeView(ActionView):
    """What awaits me. A panel that fails says so; the rest of the page works."""

    action = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        columns = {
            column: [
                html
                for panel in panels_for(self.actor, column)
                if (html := self._panel(request, panel))
            ]
            for column in ("hero", "main", "side")
        }
        return render(request, "home/home.html", {"columns": columns})

    def _panel(self, request: HttpRequest, panel: Panel) -> str:
        try:
            context = panel.context(self.actor)
            if context is None:
                return ""
            return render_to_string(panel.template, dict(context), request)
        except Exception:
            log.exception("home.panel_failed", panel=panel.key)
            return render_to_string("home/panel_failed.html", {}, request)
