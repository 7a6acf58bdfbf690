"""お金の流れ: from the plan's lines to contracts, invoices and payments, and back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from grants.awards.api import Award
from portal.access.api import ActionView
from portal.spreadsheets.api import write_csv

from .ledger import ledger_of, line_story
from .slots import Place, sections_of

_PAGE = 50


class LedgerListView(ActionView):
    """Awards whose money can be followed."""

    action = "money.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Award.objects.for_user(self.actor).select_related("programme", "grantee")
        ordered = found.order_by("-programme__fiscal_year", "grantee__prefecture_id", "pk")
        page = Paginator(ordered, _PAGE).get_page(request.GET.get("page"))
        return render(request, "contractors/ledgers.html", {"page_obj": page})


class _AwardView(ActionView):
    action = "money.view"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")


class LedgerView(_AwardView):
    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        context = {"award": self.subject, "ledger": ledger_of(self.subject)}
        return render(request, "contractors/ledger.html", context)


class LedgerFileView(_AwardView):
    """The same table as CSV, which a spreadsheet opens."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        award: Award = self.subject
        header = "取組 節 細目 実施方法 計画額 契約額 請求中 支払待ち 支払済み 未請求".split()
        rows = [
            (
                row.activity,
                row.category,
                row.item,
                row.delivery,
                row.planned,
                row.money.contracted,
                row.money.billed,
                row.money.payable,
                row.money.paid,
                row.money.left,
            )
            for row in ledger_of(award).rows
        ]
        answer = HttpResponse(write_csv(header, rows), content_type="text/csv; charset=utf-8")
        name = f"お金の流れ_{award.grantee.name}_{award.programme.year_label}.csv"
        answer["Content-Disposition"] = content_disposition_header(True, name)
        answer["Cache-Control"] = "private, no-store"
        return answer


class LineView(_AwardView):
    """この行のお金の流れ: every contract, invoice and payment of one 積算内訳."""

    def get(self, request: HttpRequest, pk: Any, uid: Any) -> HttpResponse:
        award: Award = self.subject
        row = next((row for row in ledger_of(award).rows if row.uid == uid), None)
        if row is None:
            raise Http404
        parts = [
            (part, sections_of(Place.LINE, part.line, self.actor))
            for part in line_story(award, uid)
        ]
        context = {"award": award, "row": row, "parts": parts}
        return render(request, "contractors/line.html", context)
