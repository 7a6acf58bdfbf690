"""Writing a 事故・遅延報告."""

from __future__ import annotations

from typing import Any

from grants.changes.api import Incident
from grants.kinds.discontinuance.stating import as_values
from grants.kinds.discontinuance.views import EditStatement, StartStatement
from portal.ui.api import PortalForm

from .forms import IncidentForm
from .kind import judgements_of, payload


class StartView(StartStatement):
    action = "incident.start"
    statement = Incident


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
            "amount_rows": payload(self.subject.filing)["amount_rows"],
            "judgements": as_values(judgements_of(self.subject)),
        }
