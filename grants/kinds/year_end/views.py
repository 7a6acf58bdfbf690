"""Writing a 年度終了実績報告, on the same page as other statements about an award."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grants.awards.api import unfinished_report_due
from grants.carryovers.api import YearEnd, start_year_end
from grants.kinds.discontinuance.stating import as_values
from grants.kinds.discontinuance.views import EditStatement, StartStatement
from portal.core.dates import day_with_weekday

from .forms import YearEndForm
from .kind import amount_rows, judgements_of


class StartView(StartStatement):
    action = "year_end.start"

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return redirect(start_year_end(actor=self.actor, award=self.subject).working_url)


class EditView(EditStatement):
    action = "year_end.view"
    edit_action = "year_end.edit"
    model = YearEnd
    template_name = "statements/edit.html"

    def make_form(self, data: Any = None) -> YearEndForm:
        first = self.kept(YearEndForm.base_fields)
        return YearEndForm(data, initial=first, version=self.subject.version)

    def shown(self) -> dict[str, Any]:
        award, year = self.subject.award, self.subject.year
        terms = award.programme.terms()
        due = unfinished_report_due(terms, year - award.programme.fiscal_year).day
        return {
            "title": f"年度終了実績報告（{year.label}）",
            "note": f"提出の期限は、{day_with_weekday(due)}です（適正化法14条後段、施行令8条）。"
            "事業が完了したときは、別に実績報告を提出します。",
            "until": None,
            "amount_rows": amount_rows(self.subject),
            "judgements": as_values(judgements_of(self.subject)),
        }
