"""Notices: the draft that is looked at before one is issued, and the correction of a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.awards.api import (
    DecisionKind,
    NoticeDraft,
    correct_notice,
    correctable_kinds,
    notice_of,
)
from grants.filings.api import Filing, canonical, digest, latest_version
from portal.access.api import ActionView
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.problems import Refused
from portal.documents.api import Document, request_document
from portal.ui.api import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PortalForm,
    ReasonField,
)

KINDS = {"decide": DecisionKind.GRANT, "decline": DecisionKind.DECLINE}
_KEPT = (
    "amount",
    "modification_reason",
    "reason",
    "conditions",
    "conditions_reason",
    "standard",
    "extra_conditions",
)


def keep_draft(*, actor: Actor, filing: Filing, row: str, given: Mapping[str, Any]) -> Document:
    """The notice as it would be with what was typed, made by the worker and marked 案.

    Nothing is decided and no number is taken; the prefecture does not see it.
    """
    sealed = latest_version(filing)
    assert sealed is not None  # the state says that one was reviewed
    number = given.get("document_number")
    values = {
        **{name: given[name] for name in _KEPT if name in given},
        "document_number": number.original if number is not None else "",
        "decided_on": given["decided_on"].isoformat(),
        "issued_on": given["issued_on"].isoformat(),
    }
    draft = NoticeDraft.objects.create(
        kind=KINDS[row], filing=filing, sealed=sealed, values=values, made_by_id=actor.user_id
    )
    office = Organisation.objects.get(pk=actor.organisation_id)
    return request_document(
        kind=f"draft_of_{row}",
        title=f"{draft.get_kind_display()}通知書の案",
        subject=draft,
        payload_hash=digest(canonical({**values, "sealed": sealed.sha256, "draft": str(draft.pk)})),
        issuer=None,
        readers=[office],
        case_id=filing.case_id,
    )


def as_decision(draft: NoticeDraft) -> SimpleNamespace:
    """What a decision would be, with the names that the notice's template reads."""
    values = draft.values
    ceiling = int(draft.sealed.content["amounts"]["i"])
    return SimpleNamespace(
        filing=draft.filing,
        sealed=draft.sealed,
        document_number=values["document_number"] or "（文書番号）",
        decided_on=date.fromisoformat(values["decided_on"]),
        issued_on=date.fromisoformat(values["issued_on"]),
        amount=values.get("amount", 0),
        ceiling=ceiling,
        modification_reason=values.get("modification_reason", ""),
        reason=values.get("reason", ""),
        conditions=values.get("conditions", []),
        arrived_at=timezone.now(),
    )


def draft_of(filing: Filing, pk: str | None) -> NoticeDraft | None:
    """The one named, of this filing; None for a name that is none."""
    return next((one for one in filing.notice_drafts.order_by("pk") if str(one.pk) == pk), None)


def typed_before(draft: NoticeDraft) -> dict[str, Any]:
    """What the form starts with after its draft was made."""
    values = dict(draft.values)
    values.pop("conditions", None)
    for name in ("decided_on", "issued_on"):
        values[name] = date.fromisoformat(values[name])
    return values


class ListView(ActionView):
    """Every notice that was issued, newest first, with its corrections."""

    action = "decisions.notices"

    def get(self, request: HttpRequest) -> HttpResponse:
        documents = (
            Document.objects.for_user(self.actor)
            .filter(kind__in=correctable_kinds())
            .prefetch_related("corrections")
            .order_by("-created_at")
        )
        page = Paginator(documents, 50).get_page(request.GET.get("page"))
        context = {"page_obj": page, "may_correct": self.may("awards.correct")}
        return render(request, "decisions/notices.html", context)


class CorrectionForm(PortalForm):
    wrong = LongTextField(label="誤", max_length=2000, rows=3)
    right = LongTextField(label="正", max_length=2000, rows=3)
    reason = ReasonField(label="訂正の理由", max_length=1000)
    document_number = DocumentNumberField(label="訂正通知書の文書番号")
    issued_on = JapaneseDateField(label="施行日")

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document_number"].required = not office.counts_numbers
        self.fields["issued_on"].initial = timezone.localdate()


class CorrectView(ActionView):
    """The wrong notice stays; a second one says what is wrong on it, what is right, and why."""

    action = "awards.correct"
    model = Document

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, CorrectionForm(office=self._office()))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        self._notice()
        form = CorrectionForm(request.POST, office=self._office())
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = correct_notice(
                    actor=self.actor,
                    document=self.subject,
                    wrong=given["wrong"],
                    right=given["right"],
                    reason=given["reason"],
                    number=given["document_number"],
                    issued_on=given["issued_on"],
                )
            except Refused as refusal:
                form.add_error("document_number", list(refusal.reasons))
            else:
                messages.success(request, f"訂正を通知しました（{made.document_number}）。")
                return redirect("decisions:notices")
        return self._page(request, form, status=422)

    def _office(self) -> Organisation:
        return Organisation.objects.get(pk=self.actor.organisation_id)

    def _notice(self) -> Any:
        try:
            return notice_of(self.subject)
        except LookupError:
            raise Http404 from None

    def _page(self, request: HttpRequest, form: CorrectionForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "document": self.subject, "notice": self._notice()}
        return render(request, "decisions/correct.html", context, status=status)
