"""The calendar entry of a meeting, its notice, and its minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.access.api import ActionView
from portal.documents.api import Document

from ..forms import RulesForm
from ..invitation import calendar_of
from ..models import Meeting, Minutes
from ..services import attach_minutes, call_together, make_minutes
from ..services.calling import MINUTES_FILE
from .base import FormView, of_platform
from .imports import download


def papers_of(meeting: Meeting, actor: Any) -> list[Document]:
    """Files and papers of its minutes that this reader may open, newest first. Two queries."""
    made = [str(pk) for pk in Minutes.objects.filter(meeting=meeting).values_list("pk", flat=True)]
    found = Document.objects.for_user(actor).filter(
        kind__in=("minutes", MINUTES_FILE), subject_id__in=[str(meeting.pk), *made]
    )
    return list(found.order_by("-created_at", "pk"))


class _OfMeeting(ActionView):
    model = Meeting

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("platform__owner")


class CalendarView(_OfMeeting):
    """The entry for whoever may see the meeting."""

    action = "platforms.view"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        name = f"{self.subject}.ics"
        return download(calendar_of(self.subject), name, "text/calendar; charset=utf-8")


class CallView(_OfMeeting):
    """Tells the members; a page is not needed, the button stands on the meeting's own."""

    action = "platforms.edit"

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        reached = call_together(actor=self.actor, meeting=self.subject)
        messages.success(
            request, f"開催を通知しました。\n{reached}団体にメールで予定表のファイルを送ります。"
        )
        return redirect(self.subject)


class MinutesView(_OfMeeting):
    """Asks for the minutes as a PDF; a worker makes it."""

    action = "platforms.edit"

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        make_minutes(actor=self.actor, meeting=self.subject)
        messages.success(
            request, "議事録を作成しています。\n少し待って、この画面を読み込み直してください。"
        )
        return redirect(self.subject)


class MinutesFileView(FormView):
    model = Meeting
    template = "platforms/rules_form.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("platform__owner")

    def make_form(self, data: Any = None) -> RulesForm:
        form = RulesForm(data, self.request.FILES if data is not None else None)
        form.fields["file"].label = "議事録"
        return form

    def save(self, form: RulesForm) -> Meeting:
        attach_minutes(actor=self.actor, meeting=self.subject, upload=form.cleaned_data["file"])
        return self.subject

    def texts(self) -> dict[str, Any]:
        papers = Document.objects.for_user(self.actor).of_subject(self.subject)
        return of_platform(
            self.subject.platform,
            meeting=self.subject,
            title="議事録のファイルを登録する",
            past="これまでの議事録",
            papers=papers.filter(kind=MINUTES_FILE).reverse(),
            button="登録する",
            done="議事録のファイルを登録しました。",
        )
