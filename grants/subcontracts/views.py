"""Links of a chain: the list, one link, writing and changing it, its people, who was paid."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.contractors.api import Contract, Contractor, Invoice, is_responsible
from portal.access.api import CABINET_OFFICE, CONTRACTOR, PREFECTURE, ActionView
from portal.core.problems import Refused, Stale
from portal.workflow.api import TransitionView, buttons

from .chain import Chain, chain_of
from .forms import InviteRecorderForm, LinkForm, PayeeRows
from .models import Subcontract
from .presentation import missing_of
from .requirements import CHECKS
from .services import (
    PaidOn,
    body_for,
    edit_link,
    invite_recorder,
    tell_payees,
    write_link,
)
from .states import LinkState

_PAGE = 50


class ListView(ActionView):
    """Every chain's links: those that wait first."""

    action = "subcontracts.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        waits = Case(
            When(state=LinkState.REQUESTED, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        found = Subcontract.objects.for_user(self.actor).told().for_lists()
        page = Paginator(found.order_by(waits, "-created_at", "pk"), _PAGE).get_page(
            request.GET.get("page")
        )
        context = {
            "page_obj": page,
            "waiting": Subcontract.objects.for_user(self.actor).waiting().count(),
            "is_office": self.actor.role in CABINET_OFFICE,
        }
        return render(request, "subcontracts/list.html", context)


class _LinkView(ActionView):
    model = Subcontract

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def is_mine(self, contract: Contract) -> bool:
        return self.actor.role not in CONTRACTOR or is_responsible(contract, self.actor)


class DetailView(_LinkView):
    action = "subcontracts.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        chain = chain_of(self.subject.contract)
        link = chain.by_id[self.subject.pk]
        is_contractor = self.actor.role in CONTRACTOR
        on_own_side = link.is_offices_own == (self.actor.role in PREFECTURE)
        is_mine = self.is_mine(chain.contract)
        found = [
            one
            for one in chain.judgements(link)
            if not (is_contractor and one.requirement.id in CHECKS)
        ]
        context = {
            "link": link,
            "contract": chain.contract,
            "contractor": chain.contract.contractor,
            "above": chain.above(link),
            "below": chain.below(link.pk),
            "reach": chain.reach_of(link),
            "judgements": found,
            "missing": missing_of(chain, link, self.actor),
            "payments": link.payments.counted().select_related("invoice__contract"),
            "people": self._people(link),
            "is_contractor": is_contractor,
            "may_edit": on_own_side and is_mine and self.may("subcontracts.edit", link),
            "may_replace": is_mine and self.may("subcontracts.replace", link),
            "may_invite": self.may("subcontracts.invite", link),
            "buttons": [
                one
                for one in buttons(link, self.actor)
                if one.name not in ("request", "withdraw") or (on_own_side and is_mine)
            ],
        }
        return render(request, "subcontracts/detail.html", context)

    def _people(self, link: Subcontract) -> list[Any]:
        people = link.contract.people.standing().filter(sub_body=link.contractor.organisation)
        return list(people.select_related("user", "invitation__accepted_by"))


class WriteView(ActionView):
    """承諾願: by the contract's 責任者, or by the prefecture for one that came on paper."""

    action = "subcontracts.write"
    model = Contract

    def get_queryset(self) -> Any:
        return super().get_queryset().as_party(self.actor).for_lists()

    def demand(self, name: str, subject: Any = None) -> None:
        super().demand(name, subject)
        if self.actor.role in CONTRACTOR and not is_responsible(subject, self.actor):
            raise Refused(["承諾を求められるのは、この契約の責任者です。"])

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self._form(chain_of(self.subject)))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self._form(chain_of(self.subject), request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            link = write_link(
                actor=self.actor,
                contract=self.subject,
                body=self._body(form),
                parent=form.chosen_parent,
                terms=form.terms,
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(
            request,
            "承諾願を作成しました。\n足りないものを確かめてから、承諾を求めてください。",
        )
        return redirect(link)

    def _bodies(self, chain: Chain) -> list[Contractor]:
        """The prefecture's own register; to a contractor those of its own chain alone."""
        if self.actor.role in CONTRACTOR:
            return list({link.contractor_id: link.contractor for link in chain.links}.values())
        grantee = self.subject.contractor.grantee_id
        found = Contractor.objects.for_user(self.actor).filter(grantee_id=grantee)
        return list(found.exclude(pk=self.subject.contractor_id).order_by("kana", "id"))

    def _form(self, chain: Chain, data: Any = None) -> LinkForm:
        return LinkForm(
            data,
            chain=chain,
            bodies=self._bodies(chain),
            is_new=True,
            is_office=self.actor.role in PREFECTURE,
        )

    def _body(self, form: LinkForm) -> Contractor:
        if form.chosen_body is not None:
            return Contractor.objects.get(pk=form.chosen_body)
        return body_for(
            actor=self.actor,
            contract=self.subject,
            number=form.cleaned_data["corporate_number"] or "",
            values=form.new_body,
        )

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "contract": self.subject,
            "heading": "再委託の承諾願を作成する",
            "is_office": self.actor.role in PREFECTURE,
            "back": self.subject.get_absolute_url(),
        }
        return render(request, "subcontracts/write.html", context, status=status)


class _TermsView(_LinkView):
    """The terms of a link that is there."""

    heading = ""

    def demand(self, name: str, subject: Any = None) -> None:
        super().demand(name, subject)
        if not self.is_mine(subject.contract):
            raise Refused(["承諾を求められるのは、この契約の責任者です。"])

    def form(self, data: Any = None) -> LinkForm:
        return LinkForm.of(
            self.subject,
            chain_of(self.subject.contract),
            is_office=self.actor.role in PREFECTURE,
            data=data,
        )

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self.page(request, self.form())

    def page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "contract": self.subject.contract,
            "link": self.subject,
            "heading": self.heading,
            "is_office": self.actor.role in PREFECTURE,
            "back": self.subject.get_absolute_url(),
        }
        return render(request, "subcontracts/write.html", context, status=status)


class EditView(_TermsView):
    action = "subcontracts.edit"
    heading = "再委託の承諾願を変える"

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        try:
            edit_link(
                actor=self.actor,
                link=self.subject,
                seen_version=form.seen_version,
                terms=form.terms,
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self.page(request, form, status=409)
        messages.success(request, "承諾願を保存しました。")
        return redirect(self.subject)


class ReplaceView(_TermsView):
    """A change needs a new consent, which takes the place of the one in force."""

    action = "subcontracts.replace"
    heading = "再委託の変更の承諾願を作成する"

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        terms = form.terms
        terms = type(terms)(
            {**terms.values, "kind": self.subject.kind}, terms.shares, terms.extents
        )
        try:
            link = write_link(
                actor=self.actor,
                contract=self.subject.contract,
                body=self.subject.contractor,
                parent=self.subject.parent,
                terms=terms,
                replaces=self.subject,
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return self.page(request, form, status=409)
        messages.success(
            request, "変更の承諾願を作成しました。\nいまの承諾は、変更の承諾まで続きます。"
        )
        return redirect(link)


class InviteView(_LinkView):
    """入力担当 of the body: they record their activities and see nothing else of the contract."""

    action = "subcontracts.invite"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, InviteRecorderForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = InviteRecorderForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        values = form.cleaned_data
        try:
            invite_recorder(actor=self.actor, link=self.subject, **values)
        except Refused as refusal:
            form.add_error("email", list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, f"{values['name']}さんに招待のメールを送ります。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "link": self.subject, "contract": self.subject.contract}
        return render(request, "subcontracts/invite.html", context, status=status)


class PayeesView(ActionView):
    """支払先の内訳: what of an invoice was paid on, and to whom."""

    action = "subcontracts.tell"
    model = Invoice

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def demand(self, name: str, subject: Any = None) -> None:
        super().demand(name, subject)
        if self.actor.role in CONTRACTOR and not is_responsible(subject.contract, self.actor):
            raise Refused(["入力できるのは、この契約の責任者です。"])

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        payees = self.subject.payees.order_by("pk")
        initial = [
            {
                "body": str(one.link_id or "new"),
                "name": one.name,
                "line": str(one.line_uid),
                "amount": one.amount,
                "paid_on": one.paid_on,
            }
            for one in payees
        ]
        return self._page(request, self._rows(initial=initial))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        rows = self._rows(request.POST)
        if rows.is_row_action:
            rows.forget_errors()
            return self._page(request, rows)
        if not rows.is_valid():
            return self._page(request, rows, status=422)
        try:
            tell_payees(
                actor=self.actor,
                invoice=self.subject,
                rows=[self._told(row) for row in rows.filled],
            )
        except Refused as refusal:
            return self._page(request, rows, status=409, reasons=refusal.reasons)
        messages.success(request, "支払先の内訳を記録しました。")
        return redirect(self.subject)

    def _told(self, row: dict[str, Any]) -> PaidOn:
        is_new = row["body"] == "new"
        return PaidOn(
            None if is_new else self._links[row["body"]],
            row["name"] if is_new else "",
            UUID(row["line"]),
            row["amount"],
            row["paid_on"],
        )

    @property
    def _links(self) -> dict[str, Subcontract]:
        """With a consent, whatever became of it; of one that was changed the newest."""
        found = (
            Subcontract.objects.told()
            .filter(contract=self.subject.contract, consented_on__isnull=False)
            .select_related("contractor")
            .prefetch_related("shares")
        )
        return {str(link.pk): link for link in found}

    def _rows(self, data: Any = None, **given: Any) -> Any:
        claims = self.subject.lines.select_related("contract_line").order_by("pk")
        kwargs = {
            "bodies": {pk: link.contractor.name for pk, link in self._links.items()},
            "lines": {str(c.contract_line.line_uid): c.contract_line.item for c in claims},
            "earliest": self.subject.contract.starts_on,
        }
        return PayeeRows(data, prefix="payees", form_kwargs=kwargs, **given)

    def _page(
        self, request: HttpRequest, rows: Any, status: int = 200, reasons: Any = ()
    ) -> HttpResponse:
        context = {
            "rows": rows,
            "reasons": reasons,
            "invoice": self.subject,
            "contract": self.subject.contract,
        }
        return render(request, "subcontracts/payees.html", context, status=status)


class LinkTransitionView(TransitionView):
    model = Subcontract
    template_name = "subcontracts/transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def success_message(self, subject: Subcontract) -> str:
        done = {
            "request": "再委託の承諾を求めました。\n承諾があるまで、業務を行わせないでください。",
            "consent": "再委託を承諾しました。\n承諾書を作成します。",
            "send_back": "差し戻しました。",
            "refuse": "承諾しないことを記録しました。",
            "withdraw": "承諾願を取り下げました。",
            "revoke": "承諾を取り消しました。",
        }
        return done[self.row.name]
