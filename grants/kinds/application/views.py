"""The writer's pages of an application: list, start, task list, attachments, check before filing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.allocations.api import SurveyKind, promise_to, wish_before
from grants.filings.api import Filing, FilingState, changes, latest_version, present
from grants.plans.api import PlanRevision
from grants.programmes.api import Programme, Round, extended_closing
from portal.access.api import ActionView
from portal.core.dates import deadline_phrase, now_jst, remaining_phrase
from portal.documents.api import EXTENSIONS, attach
from portal.ui.api import PortalForm, UploadField
from portal.workflow.api import buttons

from .attachments import limits_for, slots
from .kind import payload
from .overview import overview
from .services import start_application


class IndexView(ActionView):
    """計画・申請: every year with its application, newest first."""

    action = "applications.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        filings = list(
            Filing.objects.for_user(self.actor)
            .exclude(kind__in=SurveyKind.values)
            .for_lists()
            .order_by("-created_at")
        )
        by_programme: dict[Any, list[Filing]] = {}
        for filing in filings:
            by_programme.setdefault(filing.programme_id, []).append(filing)
        years = [
            {
                "programme": programme,
                "filings": by_programme.get(programme.pk, []),
                "startable": _startable(programme, by_programme.get(programme.pk, [])),
                "closes": deadline_phrase(programme.terms().window_closes),
                "takes_prior_starts": programme.terms().first_eligible_day == "prior",
            }
            for programme in Programme.objects.for_user(self.actor)
            .newest_first()
            .prefetch_related("rounds")
        ]
        context = {"years": years, "may_start": self.may("applications.start")}
        return render(request, "applications/index.html", context)


class StartView(ActionView):
    """Empty, or from the last version that was filed in an earlier year."""

    action = "applications.start"

    def post(self, request: HttpRequest) -> HttpResponse:
        programme = Programme.objects.filter(pk=_uuid(request.POST.get("programme"))).first()
        if programme is None:
            raise Http404
        copy_from = self._last_year(programme) if "copy" in request.POST else None
        number = request.POST.get("round", "1")
        filing = start_application(
            actor=self.actor,
            programme=programme,
            copy_from=copy_from,
            round_number=int(number) if number.isdecimal() and number.isascii() else 0,
        )
        return redirect("applications:overview", filing.pk)

    def _last_year(self, programme: Programme) -> PlanRevision | None:
        return (  # type: ignore[no-any-return]
            PlanRevision.objects.for_user(self.actor)
            .filter(plan__programme__fiscal_year__lt=programme.fiscal_year)
            .order_by("-plan__programme__fiscal_year", "-number")
            .first()
        )


class OverviewView(ActionView):
    """Sections, amounts, and which clause is not met yet — at every moment."""

    action = "filings.view"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().of_kind("application").for_lists().select_related("revision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing: Filing = self.subject
        if not filing.is_with_writers or not self.may("plans.view"):
            return redirect(filing)
        terms = filing.programme.terms()
        round_ = Round.objects.of(filing.programme_id, filing.round_number)
        extended = extended_closing(filing.programme, filing.grantee)
        closes = max(filter(None, (round_.window()[1], extended)))
        context = {
            "filing": filing,
            "revision": filing.revision,
            "programme": filing.programme,
            "round": round_,
            "overview": overview(filing),
            "terms": terms,
            "closes": deadline_phrase(closes),
            "remaining": remaining_phrase(closes, now_jst()),
            "buttons": buttons(filing, self.actor, with_reasons=False),
            "may_edit": self.may("plans.edit"),
            "promise": promise_to(filing),
            "wish": wish_before(filing),
        }
        return render(request, "applications/overview.html", context)


class CheckView(ActionView):
    """入力内容の確認: everything as it would be sealed, what changed, what still stands against it."""

    action = "filings.view"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().of_kind("application").for_lists().select_related("revision")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing: Filing = self.subject
        if not self.may("plans.view"):
            raise Http404
        now = payload(filing)
        sealed = latest_version(filing)
        found = changes(sealed.content["sections"], now["sections"]) if sealed else []
        context = {
            "filing": filing,
            "sections": present(now["sections"], found),
            "changes": found,
            "earlier": sealed,
            "amount_rows": now["amount_rows"],
            "judgements": now["judgements"],
            "buttons": buttons(filing, self.actor),
        }
        return render(request, "applications/check.html", context)


class AttachmentForm(PortalForm):
    slot = forms.ChoiceField(label="資料の種類")
    file = UploadField(label="ファイル", extensions=EXTENSIONS)

    def __init__(self, *args: Any, offered: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(s.key, s.label) for s in offered if s.key != "approval"]


class AttachmentsView(ActionView):
    """The required list with what is there; one file at a time, each with its own result."""

    action = "filings.attach"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().of_kind("application")

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._page(request, AttachmentForm(offered=slots(self.subject)))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        if "remove" in request.POST:
            return self._remove(request)
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
        return self._page(request, form, status=422)

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
            document.delete()
            messages.success(request, f"「{document.title}」を外しました。")
        return redirect("applications:attachments", self.subject.pk)

    def _page(self, request: HttpRequest, form: AttachmentForm, status: int = 200) -> HttpResponse:
        terms = self.subject.programme.terms()
        context = {
            "form": form,
            "filing": self.subject,
            "slots": slots(self.subject),
            "terms": terms,
        }
        return render(request, "applications/attachments.html", context, status=status)


def _startable(programme: Programme, filings: list[Filing]) -> list[Round]:
    """Rounds without a standing application, while none of another round is on its way."""
    standing = [
        f
        for f in filings
        if f.kind == "application" and f.state not in (FilingState.DECLINED, FilingState.WITHDRAWN)
    ]
    if any(f.state != FilingState.DECIDED for f in standing):
        return []
    taken = {f.round_number for f in standing}
    return [one for one in programme.rounds.all() if one.number not in taken]


def _uuid(text: str | None) -> str | None:
    return (
        text if text and len(text) == 36 and all(c in "0123456789abcdef-" for c in text) else None
    )
