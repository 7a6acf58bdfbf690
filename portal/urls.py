"""Every address of the portal, by wing. The roots are the words on the menu."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.home.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
    # Before allauth's own: what it lets people change and this portal does not.
    path("account/", include("portal.accounts.account_urls")),
    path("account/", include("allauth.account.urls")),
    path("people/", include("portal.accounts.urls")),
    path("documents/", include("portal.documents.urls")),
    path("scans/", include("portal.scans.urls")),
    path("notices/", include("portal.notifications.urls")),
    path("audit/", include("portal.audit.urls")),
    path("platforms/", include("platforms.urls")),
    path("", include("grants.urls")),
    path("demands/", include("inspections.demands.urls")),
    path("visits/", include("inspections.visits.urls")),
    path("findings/", include("inspections.findings.urls")),
    path("orders/", include("inspections.orders.urls")),
    path("sampling/", include("inspections.sampling.urls")),
    path("kits/", include("inspections.kits.urls")),
    path("", include("portal.ui.urls")),
]

handler400 = "portal.ui.errors.bad_request"
handler403 = "portal.ui.errors.permission_denied"
handler404 = "portal.ui.errors.page_not_found"
handler429 = "portal.ui.errors.too_many_requests"
handler500 = "portal.ui.errors.server_error"
