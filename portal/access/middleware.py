"""Denied, Refused and Stale become pages that say who can, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core.problems import Denied


class DenialPages:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Denied):
            return None
        return render(
            request,
            f"errors/{error.status}.html",
            {"reasons": error.reasons, "reference": getattr(request, "reference", "")},
            status=error.status,
        )
