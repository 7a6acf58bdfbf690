from django.urls import include, path

from .application import transitions

urlpatterns = [
    path("needs/", include("grants.kinds.needs.urls")),
    path("performance/", include("grants.kinds.performance.urls")),
    path("discontinuance/", include("grants.kinds.discontinuance.urls")),
    path("carryovers/", include("grants.kinds.carryover.urls")),
    path("year-ends/", include("grants.kinds.year_end.urls")),
    path("incidents/", include("grants.kinds.incident.urls")),
    path("progress/", include("grants.kinds.progress.urls")),
    path("claims/", include("grants.kinds.claim.urls")),
    path("disposals/", include("grants.kinds.disposal.urls")),
    path("input-tax/", include("grants.kinds.input_tax.urls")),
    path("income/", include("grants.kinds.income.urls")),
    path("change/", include("grants.kinds.change.urls")),
    path("applications/", include("grants.kinds.application.urls")),
    path("reviews/", include("grants.kinds.application.review_urls")),
    path("decisions/", include("grants.kinds.application.decision_urls")),
    path(
        "filings/<uuid:pk>/do/<str:transition>/",
        transitions.FilingTransitionView.as_view(),
        name="filing_transition",
    ),
]
