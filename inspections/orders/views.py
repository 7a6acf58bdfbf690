"""Orders as the office writes them and as both sides read and answer them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.awards.api import Award
from grants.objections.api import of_subjects
from portal.access.api import CABINET_OFFICE, ActionView
from portal.audit.api import story
from portal.documents.api import Document
from portal.ui.api import SavingView
from portal.workflow.api import TransitionView, buttons

from .counting import proposal_of
from .forms import OrderForm, ReportForm, StartForm
from .models import Order, OrderNotice
from .services import edit_order, save_report, write_order
from .states import OWED

_PAGE = 50


class ListView(ActionView):
    """Those that are not at their end first, by the day on which they are due."""

    action = "orders.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Order.objects.for_user(self.actor).for_lists().settled_last()
        context = {
            "page_obj": Paginator(found, _PAGE).get_page(request.GET.get("page")),
            "is_office": self.actor.role in CABINET_OFFICE,
            "may_write": self.may("orders.write"),
        }
        return render(request, "orders/list.html", context)


class StartView(ActionView):
    """To whom; the order itself is written on the next page."""

    action = "orders.write"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, StartForm(actor=self.actor))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = StartForm(request.POST, actor=self.actor)
        if not form.is_valid():
            return self._page(request, form, status=422)
        return redirect("orders:write", form.cleaned_data["award"].pk)

    def _page(self, request: HttpRequest, form: StartForm, status: int = 200) -> HttpResponse:
        return render(request, "orders/start.html", {"form": form}, status=status)


class _OrderForm(SavingView):
    model = Order

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()


class WriteView(SavingView):
    """Of one award; a finding, or an order that was not kept, may be named in the address."""

    action = "orders.write"
    model = Award
    template_name = "orders/write.html"
    said = "命令の案を保存しました。\n施行は、決定権者が行います。"

    def get_queryset(self) -> Any:
        found = Award.objects.for_user(self.actor)
        return found.select_related("grantee", "programme")

    def form(self, data: Any = None, files: Any = None) -> OrderForm:
        named = self.request.GET
        initial = {"findings": named.getlist("finding"), "follows": named.get("follows")}
        return OrderForm(data, award=self.subject, initial=initial)

    def save(self, form: OrderForm) -> Order:
        return write_order(actor=self.actor, award=self.subject, values=form.cleaned_data)


class EditView(_OrderForm):
    action = "orders.edit"
    template_name = "orders/write.html"
    said = "命令の案を保存しました。"

    def form(self, data: Any = None, files: Any = None) -> OrderForm:
        return OrderForm.of(self.subject, data)

    def save(self, form: OrderForm) -> Order:
        order: Order = self.subject
        edit_order(
            actor=self.actor,
            order=order,
            seen_version=form.seen_version,
            values=form.cleaned_data,
        )
        return order


class ReportView(_OrderForm):
    """What was done, which may be saved half written."""

    action = "orders.report"
    template_name = "orders/report.html"
    said = "履行の報告を保存しました。\n内閣府へは、決裁者が報告すると届きます。"

    def form(self, data: Any = None, files: Any = None) -> ReportForm:
        return ReportForm.of(self.subject, data, files)

    def save(self, form: ReportForm) -> Order:
        order: Order = self.subject
        save_report(
            actor=self.actor,
            order=order,
            seen_version=form.seen_version,
            report=form.cleaned_data["report"],
            upload=form.cleaned_data["file"],
        )
        return order


def _facts(order: Order) -> dict[str, Any]:
    findings = order.findings.select_related("visit__award__grantee")
    return {"order": order, "findings": list(findings.order_by("visit_id", "number"))}


class DetailView(ActionView):
    """One order from its draft to its end, as both sides see it."""

    action = "orders.view"
    model = Order

    def get_queryset(self) -> Any:
        found = super().get_queryset().for_lists()
        return found.select_related("follows", "revocation", "notice")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        order: Order = self.subject
        is_office = self.actor.role in CABINET_OFFICE
        context = {
            **_facts(order),
            "papers": self._papers(order),
            "buttons": buttons(order, self.actor),
            "may_edit": self.may("orders.edit", order),
            "may_report": self.may("orders.report", order),
            "may_follow": order.can_be_followed and self.may("orders.write", order.award),
            "reports": list(order.reports.all()),
            # What the body is writing now; what it reported before stands in the list.
            "is_writing": not is_office and order.state in OWED,
            "story": list(reversed(story(order, self.actor))),
            "against": of_subjects([("order", order)], self.actor),
        }
        return render(request, "orders/detail.html", context)

    def _papers(self, order: Order) -> list[Document]:
        """The notice, and what was attached once this reader may open it."""
        notice = getattr(order, "notice", None)
        ids = [str(order.pk), *([str(notice.pk)] if notice else [])]
        types = [Order._meta.label_lower, OrderNotice._meta.label_lower]
        found = Document.objects.for_user(self.actor)
        found = found.filter(subject_type__in=types, subject_id__in=ids)
        return list(found.order_by("created_at", "id"))


class OrderTransitionView(TransitionView):
    model = Order
    template_name = "orders/transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists().select_related("follows")

    def extra_context(self) -> dict[str, Any]:
        order: Order = self.subject
        given = _facts(order)
        if self.row.name == "escalate":
            given["proposal"] = proposal_of(order)
        return given
