"""The page of each transition of an application; deciding and approving have pages of their own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grants.allocations.api import promise_to
from grants.approvals.api import approval_context
from grants.awards.api import Award, NoticeDraft
from grants.filings.api import (
    Filing,
    FilingState,
    clock_of,
    latest_version,
    present,
    previous_version,
)
from grants.programmes.api import Ledger
from portal.core.money import format_yen
from portal.documents.api import Document
from portal.workflow.api import TransitionView

from ..change.deciding import change_context
from ..performance.finalising import finalise_context
from .guards import missing_approvals
from .notices import KINDS, draft_of, keep_draft, typed_before

_TEMPLATES = {
    "decide": "decisions/decide.html",
    "decline": "decisions/decline.html",
    "submit": "applications/approve.html",
    "finalise": "performance/finalise.html",
    "approve_change": "change/approve.html",
    "refuse_change": "change/refuse.html",
    "approve_stop": "statements/decide.html",
    "refuse_stop": "statements/decide.html",
    "instruct": "statements/decide.html",
    "approve_carryover": "statements/decide.html",
    "refuse_carryover": "statements/decide.html",
    "approve_disposal": "statements/decide.html",
    "refuse_disposal": "statements/decide.html",
}


class FilingTransitionView(TransitionView):
    model = Filing

    @property
    def template_name(self) -> str:  # type: ignore[override]  # each act has its own page
        return _TEMPLATES.get(self.row.name, "filings/transition.html")

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists().select_related("revision")

    def form_kwargs(self) -> dict[str, Any]:
        """After a draft of the notice was made, the page starts with what was typed for it."""
        draft = self._draft()
        return {"initial": typed_before(draft)} if draft is not None else {}

    def _draft(self) -> NoticeDraft | None:
        if self.request.method != "GET" or self.row.name not in KINDS:
            return None
        return draft_of(self.subject, self.request.GET.get("draft"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "preview" not in request.POST or self.row.name not in KINDS:
            return super().post(request, *args, **kwargs)
        form = self.make_form(request.POST, request.FILES)
        assert form is not None  # deciding and declining ask for one
        form.fields.pop("confirmed", None)
        form.fields["document_number"].required = False
        if not form.is_valid():
            return self._page(form, status=422)
        document = keep_draft(
            actor=self.actor, filing=self.subject, row=self.row.name, given=form.cleaned_data
        )
        return redirect(f"{request.path}?draft={document.subject_id}#draft")

    def extra_context(self) -> dict[str, Any]:
        filing: Filing = self.subject
        sealed = latest_version(filing)
        draft = self._draft()
        context: dict[str, Any] = {"filing": filing, "sealed": sealed, "draft_paper": None}
        if draft is not None:
            context["draft_paper"] = Document.objects.of_subject(draft).first()
        if self.row.name == "submit":
            context |= approval_context(filing, self.actor)
        elif self.row.name in ("decide", "decline") and sealed is not None:
            context |= decision_context(filing, sealed)
        elif self.row.name in ("approve_change", "refuse_change") and sealed is not None:
            context |= change_context(filing, sealed)
        elif _TEMPLATES.get(self.row.name) == "statements/decide.html" and sealed is not None:
            context["sections"] = present(sealed.content["sections"])
            context["amount_rows"] = sealed.content["amount_rows"]
        elif self.row.name == "finalise" and sealed is not None:
            context |= finalise_context(filing, sealed)
        return context

    def success_message(self, subject: Filing) -> str:
        if subject.state == FilingState.SUBMITTED:
            return (
                f"提出しました。受付番号は{subject.receipt_number}です。\n"
                "控えのPDFを作成しています。できあがると、この画面の「書類」に並びます。"
            )
        if self.row.name == "finalise":
            return "額を確定しました。\n額の確定通知書を作成しています。"
        if self.row.name == "approve_stop":
            return "中止・廃止を承認しました。\n通知書を作成しています。"
        if self.row.name == "approve_carryover":
            return "繰越しを承認しました。\n通知書を作成しています。"
        if self.row.name == "approve_disposal":
            return "財産の処分を承認しました。\n通知書を作成しています。"
        if self.row.name == "approve_change":
            return "変更を承認しました。\n通知書を作成しています。"
        if subject.state == FilingState.DECIDED:
            return "交付を決定しました。\n交付決定通知書を作成しています。"
        return super().success_message(subject)


def decision_context(filing: Filing, sealed: Any) -> dict[str, Any]:
    """One page's worth: figures, A–I, conditions, and what it does to the year's budget (yen)."""
    terms = filing.programme.terms()
    content = sealed.content
    amount = int(content["amounts"]["i"])
    ledger = Ledger.objects.get(programme_id=filing.programme_id)
    promise = promise_to(filing)
    held = promise.amount if promise and promise.released_at is None else 0
    waiting = list(
        Filing.objects.awaiting_decision()
        .of_kind("application")
        .filter(programme_id=filing.programme_id)
        .exclude(pk=filing.pk)
        .values_list("requested_amount", flat=True)
    )
    last_year = (
        Award.objects.in_force()
        .filter(
            grantee_id=filing.grantee_id,
            programme__fiscal_year=filing.programme.fiscal_year - 1,
        )
        .first()
    )
    return {
        "amount": amount,
        "amount_rows": content["amount_rows"],
        "total": int(content["amounts"]["a"]),
        "last_year_amount": last_year.amount if last_year else None,
        "budget": terms.budget,
        "decided_so_far": ledger.decided,
        "decided_count": Award.objects.in_force().filter(programme_id=filing.programme_id).count(),
        "promised": promise.amount if promise else None,
        "promised_others": ledger.promised - held,
        "left_after": terms.budget - ledger.decided - (ledger.promised - held) - amount,
        "bar": [(ledger.decided, "a"), (ledger.promised - held, "c"), (amount, "b")],
        "waiting_count": len(waiting),
        "waiting_total": format_yen(sum(filter(None, waiting))),
        "activities": [s for s in content["sections"] if s["key"].startswith("activity:")],
        "missing_approvals": missing_approvals(filing),
        "clock": clock_of(filing),
        "previous": previous_version(sealed),
    }
