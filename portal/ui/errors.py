"""The pages of what did not work: each says what happened, what to do, and a number to quote."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from .context import stranger

# Said when not even the error page can be made: without templates, styles or the database.
_LAST_RESORT = (
    '<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>エラー</title></head><body>'
    "<h1>ページを表示できません</h1><p>しばらくしてから、もう一度開いてください。"
    "続くときは、問い合わせ番号 {reference} を添えて連絡してください。</p></body></html>"
)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, HTTPStatus.FORBIDDEN, reasons=_reasons(exception))


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for what never was and what is another's: nothing tells them apart."""
    return _page(request, HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or another tab signed in again: what was typed may be resent."""
    return render(request, "errors/403_csrf.html", {"reasons": ()}, status=HTTPStatus.FORBIDDEN)


def conflict(
    request: HttpRequest,
    *,
    reasons: Iterable[str],
    compare_url: str = "",
    back_url: str = "",
) -> HttpResponse:
    """409: someone else was first, or this is not the time. `compare_url` shows both values."""
    context = {
        "reasons": tuple(reasons),
        "compare_url": compare_url,
        "back_url": back_url,
    }
    return render(request, "errors/409.html", context, status=HTTPStatus.CONFLICT)


def too_large(request: HttpRequest, *, limit: str) -> HttpResponse:
    """413: more than the server takes at all; `limit` as people write it («25MB»)."""
    return _page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reasons=(f"上限は{limit}です。",))


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session: one of them may be what failed."""
    try:
        html = loader.render_to_string(
            "errors/500.html", {"page": stranger(request), "reasons": ()}
        )
    except Exception:  # noqa: BLE001  whatever it was, the person still gets a page
        html = _LAST_RESORT.format(reference=getattr(request, "reference", ""))
    return HttpResponse(html, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, status: HTTPStatus, reasons: Iterable[str] = ()) -> HttpResponse:
    context = {"reasons": tuple(reasons)}
    return render(request, f"errors/{status.value}.html", context, status=status)


def _reasons(exception: Any) -> tuple[str, ...]:
    """Only what was written for people: a library's own text is for the log."""
    return tuple(getattr(exception, "reasons", ()))
