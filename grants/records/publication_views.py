"""What of the records may be published, as a page and as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from grants.programmes.api import Programme, named_year
from portal.access.api import ActionView

from .publication import HIDDEN, as_csv, months_missing, published


class _PublicationView(ActionView):
    action = "records.publish"

    def years(self) -> list[Programme]:
        return list(Programme.objects.newest_first())

    def chosen(self, years: list[Programme]) -> Programme | None:
        asked = named_year(years, self.request.GET.get("year", ""))
        return asked or (years[0] if years else None)


class PublicationView(_PublicationView):
    def get(self, request: HttpRequest) -> HttpResponse:
        years = self.years()
        programme = self.chosen(years)
        context = {
            "years": years,
            "programme": programme,
            "tables": published(programme) if programme else [],
            "threshold": programme.terms().publish_threshold if programme else 0,
            "mark": HIDDEN,
            "missing": months_missing(programme) if programme else 0,
        }
        return render(request, "records/publication.html", context)


class PublicationFileView(_PublicationView):
    def get(self, request: HttpRequest) -> HttpResponse:
        programme = self.chosen(self.years())
        content = as_csv(programme) if programme else b""
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
        label = programme.year_label if programme else ""
        draft = "（途中）" if programme and months_missing(programme) else ""
        answer["Content-Disposition"] = content_disposition_header(
            True, f"公表用の集計{draft}_{label}.csv"
        )
        answer["Cache-Control"] = "private, no-store"
        return answer
