"""The whole set of forms before filing, for an office that decides on paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.approvals.api import copy_draft
from grants.filings.api import Filing
from portal.access.api import ActionView
from portal.documents.api import Document, request_document

KIND = "application_draft"


class DraftPrintView(ActionView):
    """GET says what it is and lists what was printed; POST asks the worker for one."""

    action = "applications.print_draft"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().of_kind("application").with_plan()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing: Filing = self.subject
        printed = Document.objects.for_user(self.actor).filter(case_id=filing.pk, kind=KIND)
        context = {"filing": filing, "printed": printed.order_by("-created_at")[:20]}
        return render(request, "applications/draft.html", context)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing: Filing = self.subject
        copy = copy_draft(actor=self.actor, filing=filing)
        document = request_document(
            kind=KIND,
            title=f"{filing.kind_label}の下書き（{filing.programme.year_label}）",
            subject=copy,
            payload_hash=copy.sha256,
            issuer=None,
            readers=[filing.grantee],
            case_id=filing.case_id,
        )
        return redirect(document)
