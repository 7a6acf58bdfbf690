"""Writing a 事故・遅延報告."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from grants.changes.api import Incident
from grants.contractors.api import ContractPaper, PaperKind
from grants.kinds.discontinuance.stating import as_values
from grants.kinds.discontinuance.views import EditStatement, StartStatement
from portal.access.api import ActionView
from portal.ui.api import PortalForm

from .beginning import begin_from_paper
from .forms import IncidentForm
from .kind import judgements_of, payload


class StartView(StartStatement):
    action = "incident.start"
    statement = Incident


class StartFromPaperView(ActionView):
    """Begins with what the contractor told; another paper than a 事故報告書 is not there to begin from."""

    action = "incident.start_from_paper"
    model = ContractPaper

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related("contract__award__programme", "contract__award__grantee")
        )

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if self.subject.kind != PaperKind.INCIDENT:
            raise Http404
        return redirect(begin_from_paper(actor=self.actor, paper=self.subject).working_url)


class EditView(EditStatement):
    action = "incident.view"
    edit_action = "incident.edit"
    model = Incident
    template_name = "statements/edit.html"

    def make_form(self, data: Any = None) -> PortalForm:
        first = self.kept(IncidentForm.base_fields)
        return IncidentForm(data, initial=first, version=self.subject.version)

    def shown(self) -> dict[str, Any]:
        return {
            "title": "事故・遅延の報告",
            "note": "遂行が困難になったとき、又は期間内に完了しない見込みのときは、速やかに報告し、"
            "内閣府の指示を受けます（適正化法7条1項5号）。",
            "until": None,
            "origin": self.subject.origin,
            "amount_rows": payload(self.subject.filing)["amount_rows"],
            "judgements": as_values(judgements_of(self.subject)),
        }
