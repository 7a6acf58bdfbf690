"""Who is asking: session limits, the second factor, and the one role in which they act now."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from .services import actor_for, pick_membership

GetResponse = Callable[[HttpRequest], HttpResponse]

# The last use is written at most once a minute: a page costs a write otherwise.
_TOUCH_SECONDS = 60


class SessionLimits:
    """Ends a session after 30 idle minutes or 12 hours (settings), and demands a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault("began", now)
            last = request.session.get("last", now)
            idle, whole = now - last, now - began
            if idle > settings.SESSION_IDLE_SECONDS or whole > settings.SESSION_ABSOLUTE_SECONDS:
                logout(request)
                request.session["expired"] = True
                login = reverse(settings.LOGIN_URL)
                return HttpResponseRedirect(f"{login}?next={_return_to(request)}")
            if "last" not in request.session or idle > _TOUCH_SECONDS:
                request.session["last"] = now
            if not self._has_second_factor(request) and not _may_stay(request.path):
                return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _has_second_factor(self, request: HttpRequest) -> bool:
        if request.session.get("second_factor"):
            return True
        totp = Authenticator.Type.TOTP
        has_one = Authenticator.objects.filter(user_id=request.user.pk, type=totp).exists()
        if has_one:
            request.session["second_factor"] = True
        return has_one


def _return_to(request: HttpRequest) -> str:
    return request.path if request.method == "GET" else "/"


def _may_stay(path: str) -> bool:
    return path.startswith(("/account/", "/static/"))


class CurrentActor:
    """Sets `request.actor` and `request.memberships`; both are empty for a visitor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None
        request.memberships = []
        if request.user.is_authenticated:
            memberships, chosen = pick_membership(
                request.user, request.session.get("membership", "")
            )
            request.memberships = memberships
            if chosen is not None:
                request.actor = actor_for(chosen, ip=request.META.get("REMOTE_ADDR", ""))
        return self.get_response(request)
