"""Writing a 財産処分承認申請, pre-filled from the register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grants.kinds.discontinuance.stating import as_values
from grants.kinds.discontinuance.views import EditStatement
from grants.properties.api import Asset, DisposalRequest, start_disposal
from portal.access.api import ActionView
from portal.ui.api import PortalForm

from .forms import DisposalForm
from .kind import amount_rows, judgements_of


class StartView(ActionView):
    """Begins one for a property, or goes on with the one on its way."""

    action = "disposal.start"
    model = Asset

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("award__programme", "award__grantee")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = start_disposal(actor=self.actor, asset=self.subject)
        return redirect(filing.working_url)


class EditView(EditStatement):
    action = "disposal.view"
    edit_action = "disposal.edit"
    model = DisposalRequest
    template_name = "disposals/edit.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("asset__award__programme")

    def make_form(self, data: Any = None) -> PortalForm:
        first = self.kept(DisposalForm.base_fields)
        return DisposalForm(data, initial=first, version=self.subject.version)

    def shown(self) -> dict[str, Any]:
        return {
            "asset": self.subject.asset,
            "amount_rows": amount_rows(self.subject),
            "judgements": as_values(judgements_of(self.subject)),
        }
