"""Invoices under a contract: writing one, its papers, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.access.api import CONTRACTOR, PREFECTURE, ActionView
from portal.core.problems import Refused, Stale
from portal.documents.api import read_file
from portal.workflow.api import TransitionView, buttons

from .billed import claimed_lines, receipts_of, work_of
from .billing import add_receipt, edit_invoice, remove_receipt, write_invoice
from .models import Contract, Invoice
from .money_forms import InvoiceForm, ReceiptForm
from .papers import covered
from .slots import Place, sections_of
from .states import InvoiceKind


class WriteInvoiceView(ActionView):
    """A new invoice: by the body's 責任者, or by the prefecture for one that came on paper."""

    action = "invoices.write"
    model = Contract

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        kind = InvoiceKind.ADVANCE if self.subject.is_subsidy else InvoiceKind.PART
        initial = {"billed_on": timezone.localdate(), "kind": kind}
        return self._page(request, InvoiceForm(contract=self.subject, initial=initial))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = InvoiceForm(request.POST, contract=self.subject)
        if "propose" in request.POST:
            return self._page(request, form.proposing())
        if not form.is_valid():
            return self._page(request, form, status=422)
        invoice = write_invoice(
            actor=self.actor,
            contract=self.subject,
            values=form.values,
            claims=form.cleaned_data["claims"],
            measures=form.measures,
        )
        messages.success(
            request,
            "請求を作成しました。\n内容を確かめて「請求する」を押すまでは、相手に見えません。",
        )
        return redirect(invoice)

    def _page(self, request: HttpRequest, form: InvoiceForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "contract": self.subject}
        return render(request, "contractors/invoice_form.html", context, status=status)


class _InvoiceView(ActionView):
    model = Invoice

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()


class InvoiceView(_InvoiceView):
    action = "invoices.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        invoice: Invoice = self.subject
        is_contractor = self.actor.role in CONTRACTOR
        mine = invoice.is_offices_own == (self.actor.role in PREFECTURE)
        may_edit = mine and self.may("invoices.edit", invoice)
        work = work_of(invoice)
        context = {
            "invoice": invoice,
            "contract": invoice.contract,
            "contractor": invoice.contract.contractor,
            "lines": claimed_lines(invoice, work),
            "covered": covered(invoice),
            "work": work,
            "papers": receipts_of(invoice),
            "is_contractor": is_contractor,
            "may_edit": may_edit,
            "sections": sections_of(Place.INVOICE, invoice, self.actor),
            "buttons": [
                one
                for one in buttons(invoice, self.actor)
                if mine or one.name not in ("bill", "withdraw")
            ],
        }
        return render(request, "contractors/invoice.html", context)


class EditInvoiceView(_InvoiceView):
    action = "invoices.edit"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, InvoiceForm.of(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = InvoiceForm.of(self.subject, request.POST)
        if "propose" in request.POST:
            return self._page(request, form.proposing())
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            edit_invoice(
                actor=self.actor,
                invoice=self.subject,
                seen_version=form.seen_version,
                values=form.values,
                claims=form.cleaned_data["claims"],
                measures=form.measures,
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "請求の内容を保存しました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: InvoiceForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "contract": self.subject.contract, "invoice": self.subject}
        return render(request, "contractors/invoice_form.html", context, status=status)


class ReceiptsView(_InvoiceView):
    action = "invoices.edit"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, ReceiptForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if "remove" in request.POST:
            return self._remove(request)
        form = ReceiptForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                paper = add_receipt(
                    actor=self.actor, invoice=self.subject, upload=form.cleaned_data["file"]
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, f"「{paper.title}」を追加しました。")
                return redirect("contractors:receipts", self.subject.pk)
        return self._page(request, form, status=422)

    def _remove(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST["remove"]
        paper = next((one for one in receipts_of(self.subject) if str(one.pk) == wanted), None)
        if paper is None:
            raise Http404
        remove_receipt(actor=self.actor, invoice=self.subject, paper=paper)
        messages.success(request, f"「{paper.title}」を外しました。")
        return redirect("contractors:receipts", self.subject.pk)

    def _page(self, request: HttpRequest, form: ReceiptForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "invoice": self.subject, "papers": receipts_of(self.subject)}
        return render(request, "contractors/receipts.html", context, status=status)


class ReceiptView(_InvoiceView):
    """One paper of an invoice, to whoever may see the invoice."""

    action = "invoices.view"

    def get(self, request: HttpRequest, pk: Any, paper: Any) -> HttpResponse:
        found = receipts_of(self.subject).filter(pk=paper).first()
        if found is None:
            raise Http404
        answer = HttpResponse(read_file(found), content_type=found.content_type)
        answer["Content-Disposition"] = content_disposition_header(True, found.original_name)
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer


class InvoiceTransitionView(TransitionView):
    model = Invoice
    template_name = "contractors/invoice_transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def success_message(self, subject: Invoice) -> str:
        done = {
            "bill": "請求しました。",
            "accept": "支払を決めました。\n支払った日を、後で記録してください。",
            "send_back": "差し戻しました。",
            "pay": "支払を記録しました。",
            "withdraw": "請求を取り下げました。",
        }
        return done[self.row.name]
