"""Asking once a request for what several parts of a page show, such as the year that is open."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

_Answer = TypeVar("_Answer")
_known: ContextVar[dict[str, Any] | None] = ContextVar("known", default=None)


def once(key: str, ask: Callable[[], _Answer]) -> _Answer:
    """The answer of this request's first call; outside of a request every call asks."""
    known = _known.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    answer: _Answer = known[key]
    return answer


class AskingOnce:
    """What was answered in one request is forgotten before the next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _known.set({})
        try:
            return self.get_response(request)
        finally:
            _known.reset(token)
