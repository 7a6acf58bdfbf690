"""A reference id for every request: shown on error pages, written to the log."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

# No 0/O and 1/I: the id is read over the telephone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class RequestReference:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reference = "".join(secrets.choice(_ALPHABET) for _ in range(10))
        request.reference = reference  # type: ignore[attr-defined]  # the log and the error page read it
        structlog.contextvars.bind_contextvars(reference=reference)
        response = self.get_response(request)
        response["X-Reference"] = reference
        return response
