"""Inquiries as the office asks them and as each body answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from portal.access.api import CABINET_OFFICE, ActionView
from portal.audit.api import story
from portal.core.problems import Refused, Stale
from portal.workflow.api import TransitionView, buttons

from .answers import papers_of, rows
from .exports import as_csv, as_xlsx
from .forms import InquiryForm
from .models import Inquiry, Reply
from .services import against_reminding, edit_inquiry, remind, write_inquiry

_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListView(ActionView):
    """The office's inquiries with how many answered; a prefecture's own, what is owed first."""

    action = "inquiries.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.actor.role in CABINET_OFFICE:
            found = Inquiry.objects.for_user(self.actor).with_counts().order_by("-created_at", "id")
            page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
            context = {"page_obj": page, "may_write": self.may("inquiries.write")}
            return render(request, "inquiries/list.html", context)
        replies = Reply.objects.for_user(self.actor).for_lists()
        page = Paginator(replies.order_by("-inquiry__opened_at", "id"), _PAGE).get_page(
            request.GET.get("page")
        )
        return render(request, "inquiries/mine.html", {"page_obj": page})


class WriteView(ActionView):
    action = "inquiries.write"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, InquiryForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InquiryForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        inquiry = write_inquiry(
            actor=self.actor,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            due_at=form.due_at(),
            grantees=form.bodies(),
        )
        messages.success(request, "下書きを保存しました。\n内容を確かめてから照会してください。")
        return redirect(inquiry)

    def _page(self, request: HttpRequest, form: InquiryForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "inquiry": None}
        return render(request, "inquiries/write.html", context, status=status)


class EditView(ActionView):
    action = "inquiries.edit"
    model = Inquiry

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, InquiryForm.of(self.subject))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = InquiryForm.of(self.subject, request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            edit_inquiry(
                actor=self.actor,
                inquiry=self.subject,
                seen_version=form.seen_version,
                title=form.cleaned_data["title"],
                text=form.cleaned_data["text"],
                due_at=form.due_at(),
                grantees=form.bodies(),
            )
        except (Refused, Stale) as refusal:
            form.add_error(None, list(refusal.reasons))
            return self._page(request, form, status=409)
        messages.success(request, "下書きを保存しました。")
        return redirect(self.subject)

    def _page(self, request: HttpRequest, form: InquiryForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "inquiry": self.subject}
        return render(request, "inquiries/write.html", context, status=status)


class DetailView(ActionView):
    """The question and the table of all answers."""

    action = "inquiries.view"
    model = Inquiry

    def get_queryset(self) -> Any:
        return super().get_queryset().with_counts().select_related("written_by")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        inquiry: Inquiry = self.subject
        context = {
            "inquiry": inquiry,
            "rows": rows(inquiry, self.actor),
            "bodies": inquiry.grantees.order_by("prefecture_id") if inquiry.is_draft else (),
            "buttons": buttons(inquiry, self.actor),
            "may_edit": self.may("inquiries.edit", inquiry),
            "may_remind": self.may("inquiries.remind", inquiry) and inquiry.owed,
            "story": list(reversed(story(inquiry, self.actor))),
        }
        return render(request, "inquiries/detail.html", context)


class ExportView(ActionView):
    """The table as XLSX, or as CSV in UTF-8."""

    action = "inquiries.export"
    model = Inquiry
    kind = "xlsx"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        inquiry: Inquiry = self.subject
        found = rows(inquiry, self.actor)
        if self.kind == "csv":
            content, content_type = as_csv(found), "text/csv; charset=utf-8"
        else:
            content, content_type = as_xlsx(inquiry, found), XLSX
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = content_disposition_header(
            True, f"照会_{inquiry.title}.{self.kind}"
        )
        return response


class RemindView(ActionView):
    """Lists who would be told before it is done."""

    action = "inquiries.remind"
    model = Inquiry

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, tuple(against_reminding(self.subject)))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        try:
            count = remind(actor=self.actor, inquiry=self.subject)
        except Refused as refusal:
            return self._page(request, refusal.reasons, status=409)
        messages.success(request, f"{count}団体に催促しました。")
        return redirect(self.subject)

    def _page(
        self, request: HttpRequest, reasons: tuple[str, ...], status: int = 200
    ) -> HttpResponse:
        owed = self.subject.replies.owed().for_lists().order_by("grantee__prefecture_id")
        context = {"inquiry": self.subject, "owed": owed, "reasons": reasons}
        return render(request, "inquiries/remind.html", context, status=status)


class ReplyView(ActionView):
    """One body's answer, as both sides see it."""

    action = "inquiries.reply.view"
    model = Reply

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        reply: Reply = self.subject
        context = {
            "reply": reply,
            "inquiry": reply.inquiry,
            "papers": papers_of([reply], self.actor).get(str(reply.pk), []),
            "buttons": buttons(reply, self.actor),
            "is_office": self.actor.role in CABINET_OFFICE,
            "story": list(reversed(story(reply, self.actor))),
        }
        return render(request, "inquiries/reply.html", context)


class InquiryTransitionView(TransitionView):
    model = Inquiry
    template_name = "inquiries/transition.html"

    def extra_context(self) -> dict[str, Any]:
        inquiry: Inquiry = self.subject
        bodies = inquiry.grantees.order_by("prefecture_id")
        return {"inquiry": inquiry, "bodies": bodies, "owed": inquiry.replies.owed().count()}


class ReplyTransitionView(TransitionView):
    model = Reply
    template_name = "inquiries/reply_transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_lists()

    def success_url(self, subject: Reply) -> str:
        if self.actor.role in CABINET_OFFICE:
            return subject.inquiry.get_absolute_url()
        return subject.get_absolute_url()
