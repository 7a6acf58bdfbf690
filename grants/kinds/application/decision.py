"""The decider's list, and the finding that a ⑩ is necessary (要領3(2)⑩)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.awards.api import approve_other_activity
from grants.filings.api import Filing
from portal.access.api import ActionView
from portal.accounts.api import Organisation
from portal.core.problems import Refused
from portal.ui.api import DocumentNumberField, JapaneseDateField, PortalForm, ReasonField

from .guards import missing_approvals


class ListView(ActionView):
    """Waiting for a decision first, oldest first; then what was decided."""

    action = "decisions.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        filings = Filing.objects.for_user(self.actor).for_lists()
        waiting = filings.awaiting_decision().order_by("submitted_at")
        decided = (
            filings.filter(state__in=("decided", "declined"), decision__isnull=False)
            .select_related("decision")
            .order_by("-decision__decided_on", "-decision__created_at")
        )
        page = Paginator(decided, 50).get_page(request.GET.get("page"))
        context = {
            "waiting": waiting,
            "page_obj": page,
            "may_decide": self.may("decisions.batch"),
        }
        return render(request, "decisions/list.html", context)


class OtherApprovalForm(PortalForm):
    reason = ReasonField(label="必要と認める理由", max_length=1000)
    document_number = DocumentNumberField(label="文書番号")
    approved_on = JapaneseDateField(label="承認日")

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document_number"].required = not office.counts_numbers
        self.fields["approved_on"].initial = timezone.localdate()


class ApproveOtherView(ActionView):
    action = "awards.approve_other"
    model = Filing

    def get(self, request: HttpRequest, pk: Any, uid: Any) -> HttpResponse:
        return self._page(request, OtherApprovalForm(office=self._office()))

    def post(self, request: HttpRequest, pk: Any, uid: Any) -> HttpResponse:
        form = OtherApprovalForm(request.POST, office=self._office())
        if form.is_valid():
            try:
                approve_other_activity(
                    actor=self.actor,
                    filing=self.subject,
                    activity_uid=uid,
                    number=form.cleaned_data["document_number"],
                    approved_on=form.cleaned_data["approved_on"],
                    reason=form.cleaned_data["reason"],
                )
            except Refused as refusal:
                form.add_error("document_number", list(refusal.reasons))
            else:
                messages.success(request, "⑩の取組を必要と認めた記録を残しました。")
                act = "decide" if self.subject.kind == "application" else "approve_change"
                return redirect(self.subject.transition_url(act))
        return self._page(request, form, status=422)

    def _office(self) -> Organisation:
        return Organisation.objects.get(pk=self.actor.organisation_id)

    def _page(
        self, request: HttpRequest, form: OtherApprovalForm, status: int = 200
    ) -> HttpResponse:
        names = dict(missing_approvals(self.subject))
        uid = self.kwargs["uid"]
        if uid not in names:
            raise Http404
        context = {"form": form, "filing": self.subject, "name": names[uid]}
        return render(request, "decisions/approve_other.html", context, status=status)
