"""A refund: tried out beforehand, ordered, paid in parts, its interest counted line by line."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.awards.api import Award, refund_due
from grants.objections.api import of_subjects
from portal.access.api import ActionView
from portal.accounts.api import Organisation
from portal.core.problems import Refused
from portal.documents.api import Document
from portal.ui.api import PortalForm
from portal.workflow.api import TransitionView, buttons

from .claims import claims_on
from .counting import explained, explained_on, interest_terms, receipts_left
from .forms import (
    ExemptForm,
    GivingBackForm,
    InterestForm,
    OrderForm,
    RepaymentForm,
    UndoForm,
    WhatIfForm,
)
from .giving_back import record_giving_back, undo_giving_back
from .models import GivingBack, Lowering, RefundOrder, Repayment, notice_on
from .rules import calculate
from .services import exempt, notify_interest, order_refund, record_repayment, undo_repayment
from .states import OrderState


class _OfAward(ActionView):
    model = Award

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee", "decision")


class WhatIfView(_OfAward):
    """The whole calculation for amounts and days that are only supposed. Changes nothing."""

    action = "refunds.what_if"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        award: Award = self.subject
        receipts = receipts_left(award)
        form = (
            WhatIfForm(request.GET)
            if "amount" in request.GET
            else WhatIfForm(initial=self._first())
        )
        shown: dict[str, Any] = {}
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            last = max([one.on for one in given["repayments"]], default=given["due_on"])
            until = given["until"] or last
            try:
                found = calculate(
                    given["amount"],
                    ground=given["ground"],
                    receipts=receipts,
                    repayments=given["repayments"],
                    due_on=given["due_on"],
                    until=until,
                    terms=interest_terms(award.programme.terms()),
                )
            except ValueError as error:
                form.add_error("amount", str(error))
            else:
                shown = {**explained(found), "until": until}
        context = {"form": form, "award": award, "receipts": receipts, "shown": shown}
        status = 422 if form.is_bound and not form.is_valid() else 200
        return render(request, "refunds/what_if.html", context, status=status)

    def _first(self) -> dict[str, Any]:
        claims = claims_on(self.subject)
        due = refund_due(timezone.localdate(), self.subject.programme.terms())
        first: dict[str, Any] = {"due_on": due}
        if claims:
            first |= {"amount": claims[0].amount, "ground": claims[0].ground}
        return first


class OrderRefundView(_OfAward):
    action = "refunds.order"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self._form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = order_refund(
                    actor=self.actor,
                    award=self.subject,
                    claim_key=given["claim"],
                    due_on=given["due_on"],
                    reason=given["reason"],
                    number=given["document_number"],
                    issued_on=given["issued_on"],
                    notice_number=given["notice_number"],
                )
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
            else:
                messages.success(request, "返還を命じました。\n返還命令書を作成しています。")
                return redirect(made)
        return self._page(request, form, status=422)

    def _form(self, data: Any = None) -> OrderForm:
        return OrderForm(
            data,
            office=Organisation.objects.get(pk=self.actor.organisation_id),
            claims=claims_on(self.subject),
            due_on=refund_due(timezone.localdate(), self.subject.programme.terms()),
        )

    def _page(self, request: HttpRequest, form: OrderForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "award": self.subject, "claims": claims_on(self.subject)}
        return render(request, "refunds/order_refund.html", context, status=status)


class OrderView(ActionView):
    """The order, what came back, and both interests as they stand today."""

    action = "refunds.view"
    model = RefundOrder

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        order: RefundOrder = self.subject
        today = timezone.localdate()
        lowerings = list(order.lowerings.prefetch_related("givings"))
        subjects = [str(order.pk), *self._notice_ids(order), *(str(one.pk) for one in lowerings)]
        context = {
            "order": order,
            "award": order.award,
            "against": of_subjects([("refund", order)], self.actor),
            "repayments": order.repayments.all(),
            "exemptions": order.exemptions.all(),
            "lowerings": lowerings,
            "shown": explained_on(order, today),
            "buttons": buttons(order, self.actor),
            "may_record": self.may("refunds.record", order),
            "may_give_back": self.may("refunds.give_back") and order.state == OrderState.ORDERED,
            "may_exempt": self.may("refunds.exempt", order),
            "notice": notice_on(order),
            "may_notify": self.may("refunds.notify_interest", order),
            "documents": Document.objects.for_user(self.actor)
            .filter(subject_id__in=subjects)
            .order_by("created_at"),
        }
        return render(request, "refunds/order.html", context)

    def _notice_ids(self, order: RefundOrder) -> list[str]:
        notice = notice_on(order)
        return [str(notice.pk)] if notice else []


class _ActView(ActionView):
    """A form under an order; `act` is the verb, `done` what is said after it."""

    model = RefundOrder
    template_name = "refunds/act.html"
    title = effect = done = ""
    error_field: str | None = None

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()

    def make_form(self, data: Any = None) -> PortalForm:
        """What this act asks; each act has its own."""
        raise NotImplementedError

    def act(self, given: dict[str, Any]) -> None:
        """Does it. Raises Refused."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self.make_form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                self.act(form.cleaned_data)
            except Refused as refusal:
                form.add_error(self.error_field, list(refusal.reasons))
            else:
                messages.success(request, self.done)
                return redirect(self.subject)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: PortalForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "order": self.subject,
            "title": self.title,
            "effect": self.effect,
            "shown": explained_on(self.subject, timezone.localdate()),
        }
        return render(request, self.template_name, context, status=status)

    def office(self) -> Organisation:
        found: Organisation = Organisation.objects.get(pk=self.actor.organisation_id)
        return found


class RecordView(_ActView):
    action = "refunds.record"
    title, done = "納付を記録する", "納付を記録しました。"
    effect = "会計の記録にある納付を写します。返還額がそろうまでは、納付は返還額に充てます（施行令10条2項）。"
    error_field = "amount"

    def make_form(self, data: Any = None) -> PortalForm:
        return RepaymentForm(data)

    def act(self, given: dict[str, Any]) -> None:
        record_repayment(actor=self.actor, order=self.subject, **given)


class UndoView(ActionView):
    """A wrongly recorded payment is taken back, and stays readable."""

    action = "refunds.undo"
    model = Repayment

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("order__award__grantee")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, UndoForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = UndoForm(request.POST)
        if form.is_valid():
            try:
                undo_repayment(actor=self.actor, repayment=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("reason", list(refusal.reasons))
            else:
                messages.success(request, "納付の記録を取り消しました。")
                return redirect(self.subject.order)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: UndoForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "repayment": self.subject, "order": self.subject.order}
        return render(request, "refunds/undo.html", context, status=status)


class GiveBackView(ActionView):
    """What was paid above a lowered order went back to the body."""

    action = "refunds.give_back"
    model = Lowering

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("order__award__grantee")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, GivingBackForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = GivingBackForm(request.POST)
        if form.is_valid():
            try:
                record_giving_back(actor=self.actor, lowering=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("paid_on", list(refusal.reasons))
            else:
                messages.success(request, "払い戻しを記録し、都道府県に知らせました。")
                return redirect(self.subject.order)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: GivingBackForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "lowering": self.subject, "order": self.subject.order}
        return render(request, "refunds/give_back.html", context, status=status)


class UndoGivingView(ActionView):
    action = "refunds.undo_giving_back"
    model = GivingBack

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("lowering__order__award__grantee")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, UndoForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = UndoForm(request.POST)
        if form.is_valid():
            try:
                undo_giving_back(actor=self.actor, giving=self.subject, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("reason", list(refusal.reasons))
            else:
                messages.success(request, "払い戻しの記録を取り消しました。")
                return redirect(self.subject.lowering.order)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: UndoForm, status: int = 200) -> HttpResponse:
        order = self.subject.lowering.order
        context = {"form": form, "giving": self.subject, "order": order}
        return render(request, "refunds/undo_giving_back.html", context, status=status)


class ExemptView(_ActView):
    action = "refunds.exempt"
    title, done = "加算金・延滞金を免除する", "免除を記録し、都道府県に知らせました。"
    effect = "やむを得ない事情があるときに、全部又は一部を免除します（適正化法19条3項）。理由は都道府県に知らせます。"
    error_field = "amount"

    def make_form(self, data: Any = None) -> PortalForm:
        return ExemptForm(data, office=self.office())

    def act(self, given: dict[str, Any]) -> None:
        number = given.pop("document_number")
        exempt(actor=self.actor, order=self.subject, number=number, **given)


class NotifyInterestView(_ActView):
    action = "refunds.notify_interest"
    title, done = (
        "加算金・延滞金を通知する",
        "加算金・延滞金を通知しました。\n通知書を作成しています。",
    )
    effect = "下の計算のとおり、加算金・延滞金の額を都道府県に通知します。通知した後は、額を変えられません。"

    def make_form(self, data: Any = None) -> PortalForm:
        return InterestForm(data, office=self.office())

    def act(self, given: dict[str, Any]) -> None:
        notify_interest(
            actor=self.actor,
            order=self.subject,
            number=given["document_number"],
            issued_on=given["issued_on"],
        )


class OrderTransitionView(TransitionView):
    model = RefundOrder

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()
