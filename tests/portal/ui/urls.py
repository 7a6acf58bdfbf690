"""As much of the portal as its look needs: the tests of this package stand without the grant."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from portal.ui.errors import conflict


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


def overtaken(request: HttpRequest) -> HttpResponse:
    return conflict(
        request, reasons=("佐藤さんが10時42分に先に保存しました。",), compare_url="/compare/"
    )


fail.login_required = overtaken.login_required = False  # type: ignore[attr-defined]

urlpatterns = [
    path("", include("portal.ui.urls")),
    path("", overtaken, name="home"),
    path("fail/", fail),
    path("overtaken/", overtaken),
    path("account/mfa/", include("allauth.mfa.urls")),
    path("account/", include("allauth.account.urls")),
    path("people/", include("portal.accounts.urls")),
    path("notices/", include("portal.notifications.urls")),
]

handler400 = "portal.ui.errors.bad_request"
handler403 = "portal.ui.errors.permission_denied"
handler404 = "portal.ui.errors.page_not_found"
handler500 = "portal.ui.errors.server_error"
