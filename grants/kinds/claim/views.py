"""請求: what was claimed and what is left, writing one, and the account for those who pay."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from grants.changes.api import plan_in_force
from grants.claims.api import (
    Account,
    Claim,
    draw_claim_again,
    give_up_rest,
    limit_of,
    save_claim,
    sees_accounts,
    start_claim,
)
from grants.filings.api import Filing, SealedVersion, latest_version
from grants.kinds.discontinuance.stating import as_values
from grants.plans.api import Delivery
from grants.programmes.api import Programme, named_year
from portal.access.api import CABINET_OFFICE, ActionView
from portal.core.problems import Refused, Stale
from portal.documents.api import Document, send_document
from portal.ui.api import SavingView
from portal.workflow.api import buttons

from .forms import ClaimForm, GiveUpForm, claim_form, month_forms
from .kind import amount_rows, judgements_of
from .standing import standings


class ListView(ActionView):
    """Every award of a year with its claims: to a prefecture its own."""

    action = "claims.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        awards = Award.objects.for_user(self.actor).exclude(state="withdrawn")
        years = list(
            Programme.objects.filter(awards__in=awards).distinct().order_by("-fiscal_year")
        )
        chosen = named_year(years, request.GET.get("year", "")) or next(iter(years), None)
        rows = standings(
            self.actor, awards.filter(programme=chosen).order_by("grantee__prefecture_id", "id")
        )
        context = {
            "years": years,
            "year": chosen,
            "rows": rows,
            "open": sum(row.reserved for row in rows),
            "left": sum(row.left for row in rows),
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_start": self.may("claims.start"),
        }
        return render(request, "claims/list.html", context)


class StartView(ActionView):
    """Begins one under an award, or goes on with the one in writing."""

    action = "claims.start"
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = start_claim(actor=self.actor, award=self.subject)
        return redirect(filing.working_url)


class _OfClaim(ActionView):
    model = Claim

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
                "account",
            )
        )


class EditView(_OfClaim):
    """One page: contracts' months stand there already, last time's account is marked as copied."""

    action = "claims.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = self.subject.filing
        if not filing.is_with_its_body:
            return redirect(filing)
        if self.may("claims.edit", filing):
            draw_claim_again(claim=self.subject)
        return self._page(request, claim_form(self.subject), month_forms(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if not self.may("claims.edit", self.subject.filing):
            return redirect(self.subject.filing)
        form, rows = claim_form(self.subject, request.POST), month_forms(self.subject, request.POST)
        if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
            return self._page(request, form, rows, status=422)
        try:
            save_claim(
                actor=self.actor,
                claim=self.subject,
                seen_version=form.seen_version,
                amount=form.cleaned_data["amount"],
                reason=form.cleaned_data["reason"],
                account=form.account,
                rows={UUID(str(row.row.uid)): row.cleaned_data for row in rows},
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, rows, status=409)
        messages.success(request, "保存しました。")
        return redirect(self.subject)

    def _page(
        self, request: HttpRequest, form: ClaimForm, rows: list[Any], status: int = 200
    ) -> HttpResponse:
        claim, filing = self.subject, self.subject.filing
        lines = plan_in_force(claim.award).lines
        context = {
            "form": form,
            "rows": rows,
            "claim": claim,
            "filing": filing,
            "need": sum(row.row.total for row in rows),
            "direct": sum(line.amount or 0 for line in lines if line.delivery == Delivery.DIRECT),
            "buttons": buttons(filing, self.actor),
            "amount_rows": amount_rows(claim),
            "closed": limit_of(claim.award, besides=claim.pk).because,
            "judgements": as_values(judgements_of(claim)),
            "may_edit": self.may("claims.edit", filing),
        }
        return render(request, "claims/edit.html", context, status=status)


class ExamineView(_OfClaim):
    """For the Cabinet Office: what was claimed beside what was paid; the account whole or masked."""

    action = "claims.examine"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Of the latest version: what its writers change after a return is their affair."""
        claim, sealed = self.subject, latest_version(self.subject.filing)
        if sealed is None:
            raise Http404
        account = Account.objects.get(pk=sealed.content["account"])
        others = Claim.objects.for_user(self.actor).with_payment().filter(award=claim.award)
        fields = {one["key"]: one["value"] for one in sealed.content["sections"][0]["fields"]}
        context = {
            "claim": claim,
            "filing": claim.filing,
            "award": claim.award,
            "account": account,
            "label": fields["kind"],
            "reason": fields["reason"],
            "sees_account": sees_accounts(self.actor.role),
            "is_other_account": _is_other(claim, account),
            "amount_rows": sealed.content["amount_rows"],
            "payments": claim.award.payments.standing().select_related("claimed"),
            "money": Claim.objects.with_payment().get(pk=claim.pk),
            "rests": claim.given_up.all(),
            "others": others.exclude(pk=claim.pk)
            .select_related("filing__programme", "filing__grantee")
            .order_by("-filing__created_at"),
            "may_pay": self.may("funds.pay", claim)
            and Claim.objects.to_pay().filter(pk=claim.pk).exists(),
            "paper": _paper_of(sealed) if self.may("claims.paper", claim) else None,
            "buttons": buttons(claim.filing, self.actor),
        }
        return render(request, "claims/examine.html", context)


class GiveUpView(SavingView):
    """決裁者: what is left of a claim that was paid in part is no longer asked for."""

    action = "claims.give_up"
    model = Claim
    template_name = "claims/give_up.html"
    said = "請求の残りを取りやめました。\n内閣府に知らせます。"

    def get_queryset(self) -> Any:
        seen = super().get_queryset().with_payment()
        return seen.select_related("filing__programme", "filing__grantee", "award")

    def form(self, data: Any = None, files: Any = None) -> GiveUpForm:
        return GiveUpForm(data)

    def save(self, form: GiveUpForm) -> Filing:
        give_up_rest(actor=self.actor, claim=self.subject, **form.cleaned_data)
        filing: Filing = self.subject.filing
        return filing


def _is_other(claim: Claim, account: Account) -> bool:
    """Not the account that the body was paid into before: worth a second look."""
    before = Claim.objects.filter(award__grantee_id=claim.award.grantee_id).exclude(pk=claim.pk)
    known = before.exclude(account=None).exclude(filing__first_submitted_at=None)
    return known.exists() and not known.filter(account=account).exists()


def _paper_of(sealed: SealedVersion | None) -> Document | None:
    if sealed is None:
        return None
    found: Document | None = Document.objects.of_subject(sealed).filter(kind="claim").first()
    return found


class PaperView(_OfClaim):
    """The 請求書 with its account, for those of the Cabinet Office who examine and pay."""

    action = "claims.paper"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        paper = _paper_of(latest_version(self.subject.filing))
        if paper is None:
            raise Http404
        return send_document(request, paper)
