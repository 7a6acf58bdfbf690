"""Writing a statement of one page about an award: what is typed, what is missing, what can be done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award, report_due
from grants.carryovers.api import years_carried
from grants.changes.api import Discontinuance, paid_by_contracts, save_statement, start_statement
from portal.access.api import ActionView
from portal.core.problems import Refused, Stale
from portal.ui.api import PortalForm
from portal.workflow.api import buttons

from .forms import StopForm
from .kind import amount_rows, judgements_of
from .stating import as_values


class StartStatement(ActionView):
    """Begins one under an award, or goes on with the one on its way."""

    model = Award
    statement: Any = None

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        label = self.statement._meta.verbose_name
        filing = start_statement(
            actor=self.actor, award=self.subject, model=self.statement, label=label
        )
        return redirect(filing.working_url)


class EditStatement(ActionView):
    """One page with everything; once it is filed, its case takes over."""

    template_name = ""
    edit_action = ""

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related(
                "filing__programme",
                "filing__grantee__prefecture",
                "award__programme",
                "award__grantee",
                "award__decision",
            )
        )

    def make_form(self, data: Any = None) -> PortalForm:
        """With what is kept, or with what was typed."""
        raise NotImplementedError

    def shown(self) -> dict[str, Any]:
        """What only this kind shows beside its form."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.subject.filing.is_with_its_body:
            return redirect(self.subject.filing)
        return self._page(request, self.make_form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.may(self.edit_action, self.subject.filing):
            return redirect(self.subject.filing)
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        given = {name: form.cleaned_data[name] for name in form.base_fields}
        try:
            save_statement(
                actor=self.actor,
                statement=self.subject,
                seen_version=form.seen_version,
                values=given,
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "保存しました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: PortalForm, status: int = 200) -> HttpResponse:
        filing = self.subject.filing
        context = {
            "form": form,
            "filing": filing,
            "award": self.subject.award,
            "paid": paid_by_contracts(self.subject.award),
            "buttons": buttons(filing, self.actor),
            "may_edit": self.may(self.edit_action, filing),
            **self.shown(),
        }
        return render(request, self.template_name, context, status=status)

    def kept(self, names: Any) -> dict[str, Any]:
        return {name: getattr(self.subject, name) for name in names}


class StartView(StartStatement):
    action = "discontinuance.start"
    statement = Discontinuance


class EditView(EditStatement):
    action = "discontinuance.view"
    edit_action = "discontinuance.edit"
    model = Discontinuance
    template_name = "statements/edit.html"

    def make_form(self, data: Any = None) -> PortalForm:
        first = self.kept(StopForm.base_fields)
        return StopForm(data, initial=first, version=self.subject.version)

    def shown(self) -> dict[str, Any]:
        terms = self.subject.filing.programme.terms()
        carried = years_carried(self.subject.award)
        return {
            "title": "中止・廃止の承認の申請",
            "note": "廃止が承認されると、その日から実績報告の期限を数えます（適正化法14条）。"
            "中止のときは、再開の予定日までに事業を再開します。",
            "until": report_due(self.subject.takes_effect_on, terms, carried).day
            if self.subject.what == "end"
            else None,
            "amount_rows": amount_rows(self.subject),
            "judgements": as_values(judgements_of(self.subject)),
        }
