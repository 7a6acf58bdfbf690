"""Contractors of a prefecture and their checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.awards.api import Award
from portal.access.api import CABINET_OFFICE, ActionView
from portal.core.problems import Refused, Stale

from .forms import CheckForm, ContractorForm
from .judging import check_papers_asked
from .models import Contractor, EligibilityCheck
from .rules import exclusion_reasons, papers_missing
from .services import edit_contractor, record_check, register_contractor
from .states import CheckKind, CheckPaper, CheckResult, ContractState

_PAGE = 50


def _grounds(
    contractor: Contractor,
    checks: Sequence[EligibilityCheck],
    asked: Mapping[str, frozenset[str]],
    today: date,
) -> list[dict[str, Any]]:
    """Each ground with its newest finding; where a new one is due, `wanting` names its papers."""
    newest_first = sorted(checks, key=lambda check: (check.reviewed_on, check.pk), reverse=True)
    found = []
    for kind in CheckKind.values:
        latest = next((check for check in newest_first if check.kind == kind), None)
        reasons = list(exclusion_reasons(contractor.findings(), kind, today))
        # What a finding under discussion has already is not asked for again.
        is_open = latest is not None and latest.result == CheckResult.UNDECIDED
        there = latest.has_papers if latest is not None and is_open else ()
        missing = papers_missing(asked[kind], there) if reasons else []
        found.append(
            {
                "kind": kind,
                "label": CheckKind(kind).label,
                "latest": latest,
                "reasons": reasons,
                "wanting": [CheckPaper(paper).label for paper in missing],
            }
        )
    return found


class ListView(ActionView):
    """Every contractor with what its checks say today and how its contracts stand."""

    action = "contractors.view"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Contractor.objects.for_user(self.actor).for_lists()
        page = Paginator(found.order_by("grantee__prefecture_id", "kana", "id"), _PAGE).get_page(
            request.GET.get("page")
        )
        asked, today = check_papers_asked(), timezone.localdate()
        rows = [
            {
                "contractor": contractor,
                "wanting": [
                    ground
                    for ground in _grounds(contractor, list(contractor.checks.all()), asked, today)
                    if ground["reasons"]
                ],
                "contracts": self._contracts(contractor),
            }
            for contractor in page
        ]
        context = {
            "rows": rows,
            "page_obj": page,
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_register": self.may("contractors.edit"),
        }
        return render(request, "contractors/list.html", context)

    def _contracts(self, contractor: Contractor) -> list[Any]:
        """Those that count; a draft is the prefecture's own affair."""
        hidden = {ContractState.CANCELLED}
        if self.actor.role in CABINET_OFFICE:
            hidden.add(ContractState.DRAFT)
        return [c for c in contractor.contracts.all() if c.state not in hidden]


class DetailView(ActionView):
    action = "contractors.view"
    model = Contractor

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        contractor: Contractor = self.subject
        checks = list(
            contractor.checks.select_related("evidence", "pledge").order_by("-reviewed_on", "-id")
        )
        asked, today = check_papers_asked(), timezone.localdate()
        context = {
            "contractor": contractor,
            "grounds": _grounds(contractor, checks, asked, today),
            "checks": checks,
            "contracts": contractor.contracts.for_user(self.actor).for_lists(),
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_edit": self.may("contractors.edit"),
            "may_prepare": self.may("contractors.prepare"),
            "has_award": Award.objects.for_user(self.actor)
            .in_force()
            .filter(grantee_id=contractor.grantee_id)
            .exists(),
        }
        return render(request, "contractors/detail.html", context)


class RegisterView(ActionView):
    action = "contractors.edit"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, ContractorForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ContractorForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        number = form.cleaned_data["corporate_number"] or ""
        try:
            contractor = register_contractor(
                actor=self.actor, corporate_number=number, values=form.values
            )
        except Refused as refusal:
            form.add_error("corporate_number", list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(
            request, "委託先を登録しました。\n続けて、除外団体でないことの確認を記録してください。"
        )
        return redirect(contractor)

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        return render(request, "contractors/register.html", {"form": form}, status=status)


class EditView(ActionView):
    action = "contractors.edit"
    model = Contractor

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, ContractorForm.of(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = ContractorForm.of(self.subject, request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            edit_contractor(
                actor=self.actor,
                contractor=self.subject,
                seen_version=form.seen_version,
                values=form.values,
            )
        except Stale as stale:
            form.add_error(None, list(stale.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "委託先の登録を変えました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "contractor": self.subject}
        return render(request, "contractors/edit.html", context, status=status)


class CheckView(ActionView):
    """One finding on one ground of exclusion."""

    action = "contractors.check"
    model = Contractor

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        initial = {
            "kind": request.GET.get("kind"),
            "reviewer": self.actor.name,
            "reviewed_on": timezone.localdate(),
        }
        return self._page(request, self._form(initial=initial))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self._form(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        values = form.cleaned_data
        try:
            record_check(actor=self.actor, contractor=self.subject, **values)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        except ValidationError as error:
            form.add_error("evidence", error)
            return self._page(request, form, status=422)
        messages.success(request, f"「{CheckKind(values['kind']).label}」の確認を記録しました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "contractor": self.subject, "demands": self._demands()}
        return render(request, "contractors/check.html", context, status=status)

    def _form(self, data: Any = None, files: Any = None, **given: Any) -> CheckForm:
        return CheckForm(data, files, asked=check_papers_asked(), **given)

    def _demands(self) -> list[tuple[str, str]]:
        """What a negative finding on each ground rests on, before anything is typed."""
        return [
            (
                CheckKind(kind).label,
                "、".join(CheckPaper(p).label for p in papers_missing(asked, ())),
            )
            for kind, asked in check_papers_asked().items()
            if asked
        ]
