"""The pages of what did not work: each says what happened, what to do, and a number to quote."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from http import HTTPStatus

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from .context import stranger

log = structlog.get_logger(__name__)

_WAIT_SECONDS = 300
# Said when not even the error page can be made: without templates, styles or the database.
_LAST_RESORT = (
    '<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>エラー</title></head><body>'
    "<h1>ページを表示できません</h1><p>しばらくしてから、もう一度開いてください。"
    "続くときは、問い合わせ番号 {reference} を添えて連絡してください。</p></body></html>"
)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _page(request, "errors/400.html", HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Only reasons written for people are shown: a library's own text is for the log."""
    reasons = getattr(exception, "reasons", ())
    return _page(request, "errors/403.html", HTTPStatus.FORBIDDEN, reasons=reasons)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for what never was and what is another's: nothing tells them apart."""
    return _page(request, "errors/404.html", HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or another tab signed in again: what was typed may be resent."""
    return _page(request, "errors/403_csrf.html", HTTPStatus.FORBIDDEN)


def conflict(
    request: HttpRequest,
    *,
    reasons: Iterable[str],
    compare_url: str = "",
    back_url: str = "",
) -> HttpResponse:
    """409: someone else was first, or this is not the time. `compare_url` shows both values."""
    return _page(
        request,
        "errors/409.html",
        HTTPStatus.CONFLICT,
        reasons=reasons,
        compare_url=compare_url,
        back_url=back_url,
    )


def too_large(request: HttpRequest, *, limit: str = "") -> HttpResponse:
    """413: more than the server takes at all; `limit` as people write it («25MB»)."""
    reasons = (f"上限は{limit}です。",) if limit else ()
    return _page(request, "errors/413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reasons=reasons)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429. allauth looks for it as `handler429` in the root of the addresses."""
    response = _page(request, "errors/429.html", HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(_WAIT_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away; asks neither the database nor the session."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    name = "errors/503.html" if is_away else "errors/500.html"
    response = HttpResponse(_without_database(request, name), status=status)
    if is_away:
        response["Retry-After"] = str(_WAIT_SECONDS)
    return response


def _without_database(request: HttpRequest, name: str) -> str:
    try:
        return loader.render_to_string(name, {"page": stranger(request), "reasons": ()})
    except Exception:
        log.exception("errors.page_failed", template=name)
        return _LAST_RESORT.format(reference=getattr(request, "reference", ""))


def _page(
    request: HttpRequest,
    name: str,
    status: HTTPStatus,
    reasons: Iterable[str] = (),
    compare_url: str = "",
    back_url: str = "",
) -> HttpResponse:
    context = {"reasons": tuple(reasons), "compare_url": compare_url, "back_url": back_url}
    return render(request, name, context, status=status)
