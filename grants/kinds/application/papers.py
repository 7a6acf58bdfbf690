"""The papers of an application: with the filing, or later where they await the council."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.filings.api import Filing
from grants.plans.api import BudgetMeasure
from portal.access.api import ActionView
from portal.core.dates import screen_date
from portal.documents.api import EXTENSIONS, attach, take_away
from portal.ui.api import JapaneseDateField, PortalForm, UploadField

from .attachments import Slot, limits_for, slots
from .services import hand_in_later, mark_late, unmark_late


class AttachmentForm(PortalForm):
    slot = forms.ChoiceField(label="資料の種類")
    file = UploadField(label="ファイル", extensions=EXTENSIONS)

    def __init__(self, *args: Any, offered: list[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(s.key, s.label) for s in offered if s.key != "approval"]


class LateForm(PortalForm):
    """Which required paper awaits the council, and by when it comes: not before the vote."""

    late = forms.ChoiceField(label="議決後に提出する資料")
    due_on = JapaneseDateField(label="提出予定日", help_text="議決予定日以後の日付。")

    def __init__(
        self, *args: Any, offered: list[Slot], vote_on: date | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.vote_on = vote_on
        self.fields["late"].choices = [(s.key, s.label) for s in offered]

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if self.vote_on and due < self.vote_on:
            raise ValidationError(
                f"提出予定日は、議決予定日（{screen_date(self.vote_on)}）以後の日付にしてください。"
            )
        return due


class AttachmentsView(ActionView):
    """The required list with what is there; one file at a time, each with its own result."""

    action = "filings.attach"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("revision", "programme", "grantee")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if "remove" in request.POST:
            return self._remove(request)
        if "unmark" in request.POST:
            unmark_late(actor=self.actor, filing=self.subject, key=request.POST["unmark"])
            return redirect("applications:attachments", self.subject.pk)
        if "mark_late" in request.POST:
            return self._mark(request)
        form = AttachmentForm(request.POST, request.FILES, offered=slots(self.subject))
        if form.is_valid():
            try:
                document = attach(
                    actor=self.actor,
                    upload=form.cleaned_data["file"],
                    kind=f"attachment:{form.cleaned_data['slot']}",
                    subject=self.subject,
                    limits=limits_for(self.subject),
                    case_id=self.subject.case_id,
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, f"「{document.title}」を追加しました。")
                return redirect("applications:attachments", self.subject.pk)
        return self._page(request, form=form, status=422)

    def _mark(self, request: HttpRequest) -> HttpResponse:
        late = self._late_form(slots(self.subject), request.POST)
        if late is None:
            raise Http404
        if not late.is_valid():
            return self._page(request, late=late, status=422)
        mark_late(
            actor=self.actor,
            filing=self.subject,
            key=late.cleaned_data["late"],
            due_on=late.cleaned_data["due_on"],
        )
        messages.success(request, "議決後に提出する資料にしました。")
        return redirect("applications:attachments", self.subject.pk)

    def _late_form(self, given: list[Slot], data: Any = None) -> LateForm | None:
        """Only while the council has not voted, for what the year lets come after its vote."""
        revision = self.subject.revision
        offered = [slot for slot in given if slot.is_missing and slot.may_come_late]
        is_pending = revision is not None and revision.budget_measure == BudgetMeasure.PENDING
        if not is_pending or not offered:
            return None
        return LateForm(
            data,
            offered=offered,
            vote_on=revision.budget_vote_on,
            initial={"due_on": revision.budget_vote_on},
        )

    def _remove(self, request: HttpRequest) -> HttpResponse:
        """Only what no sealed version names: what was filed stays."""
        wanted = request.POST["remove"]
        document = next(
            (d for slot in slots(self.subject) for d in slot.documents if str(d.pk) == wanted),
            None,
        )
        if document is None:
            raise Http404
        if document.is_filed:
            messages.error(request, "提出した版に付けた資料は外せません。")
        else:
            take_away(document)
            messages.success(request, f"「{document.title}」を外しました。")
        return redirect("applications:attachments", self.subject.pk)

    def _page(
        self,
        request: HttpRequest,
        form: AttachmentForm | None = None,
        late: LateForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        given = slots(self.subject)
        context = {
            "form": form or AttachmentForm(offered=given),
            "late": late or self._late_form(given),
            "filing": self.subject,
            "slots": given,
            "terms": self.subject.programme.terms(),
        }
        return render(request, "applications/attachments.html", context, status=status)


class LateView(ActionView):
    """議決後の提出: what the council has voted on meanwhile, without a return."""

    action = "applications.hand_in"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("revision", "programme", "grantee")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, self._form())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        form = self._form(request.POST, request.FILES)
        if form.is_valid():
            try:
                document = hand_in_later(
                    actor=self.actor,
                    filing=self.subject,
                    key=form.cleaned_data["slot"],
                    upload=form.cleaned_data["file"],
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, f"「{document.title}」を内閣府へ提出しました。")
                return redirect("applications:late", self.subject.pk)
        return self._page(request, form, status=422)

    def _form(self, *data: Any) -> AttachmentForm:
        return AttachmentForm(*data, offered=[s for s in slots(self.subject) if s.due_on])

    def _page(self, request: HttpRequest, form: AttachmentForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "filing": self.subject,
            "slots": [slot for slot in slots(self.subject) if slot.due_on],
            "terms": self.subject.programme.terms(),
        }
        return render(request, "applications/late.html", context, status=status)
