"""The writer's pages of an application: list, start, task list, budget, check before filing."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from grants.allocations.api import SurveyKind
from grants.filings.api import Filing, FilingState, changes, latest_version, present
from grants.plans.api import (
    PlanRevision,
    allowance_of,
    budget,
    read_content,
    required_amounts,
    rows,
)
from grants.programmes.api import Programme, Round
from portal.access.api import ActionView
from portal.core.dates import deadline_phrase, now_jst, remaining_phrase
from portal.core.money import Rounding
from portal.workflow.api import buttons

from .attachments import late_papers
from .kind import before, joined_revision, payload
from .overview import overview
from .services import start_application


class IndexView(ActionView):
    """計画・申請: every year with its application, newest first."""

    action = "applications.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = (
            Filing.objects.for_user(self.actor)
            .exclude(kind__in=SurveyKind.values)
            .for_lists()
            .select_related("revision")
        )
        filings = list(found.order_by("-created_at"))
        late = late_papers(filings)
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
        context = {
            "years": years,
            "may_start": self.may("applications.start"),
            "late": {f.pk for f in filings if f.pk in late and self.may("applications.hand_in", f)},
        }
        return render(request, "applications/index.html", context)


class StartView(ActionView):
    """Empty, or from the newest earlier year: what was decided there before what was only drafted."""

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
        return (
            PlanRevision.objects.for_user(self.actor)
            .filter(plan__programme__fiscal_year__lt=programme.fiscal_year)
            .annotate(is_decided=Q(filing__state=FilingState.DECIDED))
            .order_by("-plan__programme__fiscal_year", "-is_decided", "-number")
            .first()
        )


# The task list is of use while the plan is being written, and to whoever is asked to approve it.
_SHOWN_IN = (FilingState.DRAFT, FilingState.RETURNED, FilingState.AWAITING_APPROVAL)


class OverviewView(ActionView):
    """Sections, amounts, and which clause is not met yet — at every moment."""

    action = "filings.view"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().of_kind("application").with_plan()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing: Filing = self.subject
        if filing.state not in _SHOWN_IN or not self.may("plans.view"):
            return redirect(filing)
        terms = filing.programme.terms()
        known = before(filing)
        closes = known.told.round.closing()
        context = {
            "filing": filing,
            "revision": filing.revision,
            "programme": filing.programme,
            "round": known.told.round,
            "overview": overview(filing),
            "terms": terms,
            "closes": deadline_phrase(closes),
            "remaining": remaining_phrase(closes, now_jst()),
            "buttons": buttons(filing, self.actor, with_reasons=False),
            "may_edit": self.may("plans.edit") and filing.is_with_writers,
            "told": known.told,
            "wish": known.wish,
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


class BudgetView(ActionView):
    """経費の一覧: activity × expense category as it stands now, against ceiling and 内示額."""

    action = "filings.view"
    model = Filing

    def get_queryset(self) -> Any:
        return super().get_queryset().of_kind("application").with_plan()

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing: Filing = self.subject
        if not self.may("plans.view"):
            raise Http404
        content = read_content(joined_revision(filing))
        terms = filing.programme.terms()
        amounts = required_amounts(content, terms, before(filing).told.decided)
        allowance = allowance_of(filing.plan_revision)
        context = {
            "filing": filing,
            "programme": filing.programme,
            "budget": budget(content, terms),
            "content": content,
            "amounts": amounts,
            "amount_rows": rows(amounts),
            "cut": Rounding(terms.amount_unit).label,
            "allowance": allowance,
            "left": None if allowance is None else allowance - amounts.i,
            "may_edit": self.may("plans.edit") and filing.is_with_writers,
        }
        return render(request, "applications/budget.html", context)


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
