"""取得財産等管理台帳: the register of all years, one property, the yearly inventory, papers and files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.awards.api import Award, AwardState
from grants.programmes.api import Programme
from portal.access.api import CABINET_OFFICE, ActionView
from portal.core.problems import Refused, Stale
from portal.documents.api import Document
from portal.workflow.api import TransitionView, buttons

from .exports import as_csv
from .forms import AssetForm, InventoryForm, LifeRows, check_forms
from .models import Asset
from .register import Row, approvals_on, lives_of, policy_of, report_due, rows_of
from .rules import is_blanket, value
from .services import (
    change_asset,
    print_register,
    register_asset,
    replace_lives,
    take_inventory,
)
from .states import AssetState, DisposalKind

_SHOWN = (
    ("held", "保有しているもの"),
    ("overdue", "現物確認の期限を過ぎたもの"),
    ("awaited", "処分の完了の報告を待つもの"),
    ("free", "処分制限期間が過ぎたもの"),
    ("disposed", "処分したもの"),
    ("all", "すべて"),
)
_ORDER = ("-award__programme__fiscal_year", "award__grantee__prefecture_id", "number", "id")


def _is_shown(row: Row, shown: str) -> bool:
    if shown == "all":
        return True
    if shown == "disposed":
        return row.asset.state == AssetState.DISPOSED
    if not row.is_held:
        return False
    asked = {"overdue": row.is_overdue, "free": row.is_free, "awaited": row.awaits_report}
    return asked.get(shown, True)


class _Rows(ActionView):
    """The rows of the register by year and what is asked for."""

    def rows(self) -> tuple[list[Row], str]:
        assets = Asset.objects.for_user(self.actor)
        year = self.request.GET.get("year", "")
        if year.isdecimal() and year.isascii() and len(year) == 4:
            assets = assets.filter(award__programme__fiscal_year=int(year))
        asked = self.request.GET.get("show", "held")
        return rows_of(assets.order_by(*_ORDER)), asked if asked in dict(_SHOWN) else "held"


class ListView(_Rows):
    action = "properties.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, show = self.rows()
        shown = [row for row in rows if _is_shown(row, show)]
        awards = Award.objects.for_user(self.actor).exclude(state=AwardState.WITHDRAWN)
        may_register = self.may("properties.register")
        context = {
            "rows": Paginator(shown, 50).get_page(request.GET.get("page")),
            "shows": _SHOWN,
            "show": show,
            "asked": request.GET.urlencode(),
            "years": Programme.objects.filter(awards__in=awards).distinct().newest_first(),
            "year": request.GET.get("year", ""),
            "held": sum(row.is_held for row in rows),
            "total": sum(int(row.asset.amount) for row in rows if row.is_held),
            "overdue": sum(row.is_overdue for row in rows),
            "awaited": sum(row.awaits_report for row in rows),
            "has_any": bool(rows),
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_check": self.may("properties.check"),
            "awards": awards.select_related("programme").order_by("-programme__fiscal_year")
            if may_register
            else (),
        }
        return render(request, "properties/list.html", context)


class ExportView(_Rows):
    """CSV of what the list shows."""

    action = "properties.export"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, show = self.rows()
        content = as_csv(row for row in rows if _is_shown(row, show))
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="properties.csv"'
        return answer


class _FormPage(ActionView):
    """A form about an award or a property; `save` does it."""

    template_name = "properties/edit.html"

    def make_form(self, data: Any = None) -> AssetForm:
        raise NotImplementedError

    def save(self, form: AssetForm) -> Asset:
        """Raises Refused, Stale."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self.make_form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            made = self.save(form)
        except Stale as stale:
            form.add_error(None, list(stale.reasons))
            return self._page(request, form, status=409)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=422)
        messages.success(request, "台帳に保存しました。")
        return redirect(made)

    @property
    def award(self) -> Award:
        raise NotImplementedError

    def _page(self, request: HttpRequest, form: AssetForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "award": self.award,
            "asset": self.subject if isinstance(self.subject, Asset) else None,
            "threshold": self.award.programme.terms().property_threshold,
        }
        return render(request, self.template_name, context, status=status)


class RegisterView(_FormPage):
    action = "properties.register"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    @property
    def award(self) -> Award:
        found: Award = self.subject
        return found

    def make_form(self, data: Any = None) -> AssetForm:
        return AssetForm(data, award=self.subject)

    def save(self, form: AssetForm) -> Asset:
        return register_asset(actor=self.actor, award=self.subject, values=form.cleaned_data)


class _OfAsset(ActionView):
    model = Asset

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists().select_related("award__decision")


class ChangeView(_OfAsset, _FormPage):
    action = "properties.change"

    @property
    def award(self) -> Award:
        found: Award = self.subject.award
        return found

    def make_form(self, data: Any = None) -> AssetForm:
        first = {name: getattr(self.subject, name) for name in AssetForm.base_fields}
        return AssetForm(data, award=self.award, initial=first, version=self.subject.version)

    def save(self, form: AssetForm) -> Asset:
        given = {name: form.cleaned_data[name] for name in AssetForm.base_fields}
        return change_asset(
            actor=self.actor, asset=self.subject, seen_version=form.seen_version, values=given
        )


class AssetView(_OfAsset):
    """One property: how long it is bound, its inventory by year, and what may be done with it."""

    action = "properties.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        asset: Asset = self.subject
        [row] = rows_of(Asset.objects.filter(pk=asset.pk))
        terms, today = asset.award.programme.terms(), timezone.localdate()
        policy = policy_of(terms)
        requests = asset.requests.for_user(self.actor).select_related(
            "filing__programme", "filing__grantee", "filing__decision"
        )
        valued = value(asset.restricted, today, 0, policy)
        due = report_due(asset.disposed_on, terms) if asset.disposed_on else None
        reported = timezone.localdate(asset.reported_at) if asset.reported_at else None
        context = {
            "asset": asset,
            "award": asset.award,
            "row": row,
            "valued": valued,
            "blanket": [
                label
                for kind, label in DisposalKind.choices
                if is_blanket(asset.restricted, kind, 0, today, policy)
            ],
            "blanket_years": terms.blanket_years,
            "requests": requests.order_by("-filing__created_at"),
            "approvals": approvals_on(asset),
            "report_due": due,
            "is_reported_late": due is not None and reported is not None and reported > due,
            "buttons": buttons(asset, self.actor),
            "may_change": self.may("properties.change", asset),
            "may_ask": self.may("disposal.start", asset) and not row.is_free,
            "report_months": terms.disposal_report_months,
            "is_office": self.actor.role in CABINET_OFFICE,
        }
        return render(request, "properties/asset.html", context)


class AssetTransitionView(TransitionView):
    model = Asset

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("award__grantee", "award__programme")


class InventoryView(ActionView):
    """現物確認 of everything that is held: what was looked at today, and by whom."""

    action = "properties.check"

    def get(self, request: HttpRequest) -> HttpResponse:
        first = {"checked_on": timezone.localdate(), "checked_by": self.actor.name}
        rows = self._rows()
        return self._page(request, InventoryForm(initial=first), check_forms(rows))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InventoryForm(request.POST)
        rows = check_forms(self._rows(), request.POST)
        if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
            return self._page(request, form, rows, status=422)
        try:
            made = take_inventory(
                actor=self.actor,
                checks={
                    row.row.asset.pk: row.cleaned_data for row in rows if row.cleaned_data["result"]
                },
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, rows, status=422)
        messages.success(request, f"{len(made)}件の現物確認を記録しました。")
        return redirect("properties:list")

    def _rows(self) -> list[Row]:
        return rows_of(Asset.objects.for_user(self.actor).held().order_by(*_ORDER))

    def _page(
        self, request: HttpRequest, form: InventoryForm, rows: list[Any], status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "rows": rows}
        return render(request, "properties/inventory.html", context, status=status)


class PrintView(ActionView):
    """台帳 and 明細表 as PDF, as they stand now, and those made before."""

    action = "properties.print"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        try:
            print_register(actor=self.actor, award=self.subject)
        except Refused as refusal:
            return self._page(request, tuple(refusal.reasons), status=409)
        messages.success(
            request, "台帳と明細表を作成しています。\nできあがると、下の一覧から開けます。"
        )
        return redirect("properties:print", pk)

    def _page(
        self, request: HttpRequest, reasons: tuple[str, ...] = (), status: int = 200
    ) -> HttpResponse:
        kinds = ("property_register", "property_details")
        printed = Document.objects.for_user(self.actor).filter(
            case_id=self.subject.case_id, kind__in=kinds
        )
        context = {
            "award": self.subject,
            "count": self.subject.assets.registered().count(),
            "printed": printed.order_by("-created_at")[:20],
            "reasons": reasons,
        }
        return render(request, "properties/print.html", context, status=status)


class LivesView(ActionView):
    """The list of a year: class, years, and where they come from."""

    action = "properties.lives"
    model = Programme

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        first = [
            {"code": one.code, "name": one.name, "years": one.years, "source": one.source}
            for one in lives_of(self.subject)
        ]
        return self._page(request, LifeRows(prefix="lives", initial=first))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        rows = LifeRows(request.POST, prefix="lives")
        if rows.is_row_action:
            rows.forget_errors()
            return self._page(request, rows)
        if not rows.is_valid():
            return self._page(request, rows, status=422)
        kept = {
            row["code"]: {name: row[name] for name in ("code", "name", "years", "source")}
            for row in rows.filled
        }
        replace_lives(actor=self.actor, programme=self.subject, rows=list(kept.values()))
        messages.success(request, "処分制限期間の区分を保存しました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, rows: Any, status: int = 200) -> HttpResponse:
        context = {"rows": rows, "programme": self.subject}
        return render(request, "properties/lives.html", context, status=status)
