"""The addresses of the grant, by room."""

from django.urls import include, path

urlpatterns = [
    path("guideline/", include("grants.guideline.urls")),
    path("programmes/", include("grants.programmes.urls")),
    path("plans/", include("grants.plans.urls")),
    path("filings/", include("grants.filings.urls")),
    path("approvals/", include("grants.approvals.urls")),
    path("allocations/", include("grants.allocations.urls")),
    path("reviews/", include("grants.desk.urls")),
    path("contractors/", include("grants.contractors.urls")),
    path("contractors/officers/", include("grants.officers.urls")),
    path("subcontracts/", include("grants.subcontracts.urls")),
    path("records/", include("grants.records.urls")),
    path("connections/", include("grants.connections.urls")),
    path("api/v1/", include("grants.connections.api_urls")),
    path("objections/", include("grants.objections.urls")),
    path("payments/", include("grants.payments.urls")),
    path("refunds/", include("grants.refunds.urls")),
    path("revocations/", include("grants.revocations.urls")),
    path("changes/", include("grants.changes.urls")),
    path("disclosures/", include("grants.disclosures.urls")),
    path("readings/", include("grants.readings.urls")),
    path("retention/", include("grants.retention.urls")),
    path("settlements/", include("grants.settlements.urls")),
    path("properties/", include("grants.properties.urls")),
    path("inquiries/", include("grants.inquiries.urls")),
    path("funds/", include("grants.funds.urls")),
    path("", include("grants.kinds.urls")),
]
