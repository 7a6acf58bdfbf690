from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.access.api import ActionView

from ..figures import charts, gather
from ..models import Platform


class FiguresView(ActionView):
    """Charts, each with the table that says the same; of one platform alone."""

    action = "platforms.view"
    model = Platform

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("owner")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        today = timezone.localdate()
        figures = gather(self.subject, today)
        context = {
            "platform": self.subject,
            "figures": figures,
            "charts": charts(figures, self.subject, today),
            "today": today,
        }
        return render(request, "platforms/figures.html", context)
