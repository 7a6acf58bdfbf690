"""Until when cases are kept, and what is done when that is over."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from grants.awards.api import Award
from grants.filings.api import Filing
from portal.access.api import CABINET_OFFICE, ActionView
from portal.audit.api import story
from portal.core.dates import FiscalYear
from portal.ui.api import SavingView
from portal.workflow.api import TransitionView, buttons

from .cases import Case, documents_of_case, kept_of_case
from .computing import kept_of
from .forms import ProposeForm
from .models import Disposal
from .overview import years_of
from .services import propose
from .states import OPEN, DisposalState
from .unawarded import applications, by_year

_JOINS = ("grantee", "programme", "decision")


class ListView(ActionView):
    """What ends in one fiscal year; what is still open stands under its own heading."""

    action = "retention.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        awards = Award.objects.for_user(self.actor).select_related(*_JOINS)
        found = list(awards.order_by("programme__fiscal_year", "grantee__prefecture_id"))
        this_year = FiscalYear.of(timezone.localdate())
        years, others = years_of(found, kept_of(found), self.actor), by_year(self.actor)
        asked = request.GET.get("year", "")
        if asked == "open":
            chosen: int | None = None
        else:
            chosen = int(asked) if asked.isascii() and asked.isdecimal() else this_year
        context = {
            "chosen": chosen,
            "chosen_label": FiscalYear(chosen).label if chosen is not None else "",
            "rows": years.get(chosen, []),
            "others": others.get(chosen, []),
            "tabs": [
                (year, FiscalYear(year).label, len(years.get(year, [])) + len(others.get(year, [])))
                for year in sorted(
                    {this_year, *(one for one in (*years, *others) if one is not None)}
                )
            ],
            "open_count": len(years.get(None, [])) + len(others.get(None, [])),
            "is_office": self.actor.role in CABINET_OFFICE,
        }
        return render(request, "retention/list.html", context)


class _CaseView(ActionView):
    """One case: each reason to keep it with its day, what it consists of, its measures."""

    action = "retention.view"
    template_name: str

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        case: Case = self.subject
        kept = kept_of_case(case)
        mine = {"award" if isinstance(case, Award) else "filing": case}
        disposals = list(Disposal.objects.for_user(self.actor).filter(**mine).for_pages())
        done = next((one for one in disposals if one.state == DisposalState.REMOVED), None)
        current = next((one for one in disposals if one.state in OPEN), None)
        context = {
            "case": case,
            "kept": kept,
            "is_over": kept.is_over(timezone.localdate()),
            "is_office": self.actor.role in CABINET_OFFICE,
            "count": documents_of_case(case).count(),
            "disposals": disposals,
            "done": done,
            "removed": list(done.removed.all()) if done else [],
            "buttons": buttons(current, self.actor) if current else [],
            "may_propose": self.may("retention.propose") and not current and not done,
            "story": [entry for one in disposals for entry in reversed(story(one, self.actor))],
        }
        return render(request, self.template_name, context)


class AwardView(_CaseView):
    model = Award
    template_name = "retention/award.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related(*_JOINS)


class FilingView(_CaseView):
    """An application that never became an award, with its plan."""

    model = Filing
    template_name = "retention/filing.html"

    def get_queryset(self) -> Any:
        return _unawarded(super().get_queryset())


def _unawarded(filings: Any) -> Any:
    seen = filings.filter(pk__in=applications().values("pk"))
    return seen.select_related("programme", "grantee")


class _ProposeView(SavingView):
    action = "retention.propose"
    template_name = "retention/propose.html"
    said = "満了時措置の案を作りました。\n承認は、決定権者が行います。"

    def form(self, data: Any = None, files: Any = None) -> ProposeForm:
        terms = self.subject.programme.terms()
        return ProposeForm(data, initial={"measure": terms.expiry_measure})

    def save(self, form: ProposeForm) -> Disposal:
        values = form.cleaned_data
        return propose(
            actor=self.actor,
            case=self.subject,
            measure=values["measure"],
            reason=values["reason"],
            extend_until=values["extend_until"],
            destination=values["destination"],
        )

    def _page(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        context = {"form": form, "subject": self.subject, "back_url": self.back_url()}
        return render(request, self.template_name, context, status=status)

    def back_url(self) -> str:
        raise NotImplementedError


class ProposeView(_ProposeView):
    model = Award

    def back_url(self) -> str:
        return reverse("retention:award", args=[self.subject.pk])

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related(*_JOINS)


class ProposeFilingView(_ProposeView):
    model = Filing

    def back_url(self) -> str:
        return reverse("retention:filing", args=[self.subject.pk])

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("programme", "grantee")

    def demand(self, name: str, subject: Any = None) -> None:
        """Whether it became an award is nobody's to learn who may not propose."""
        super().demand(name, subject)
        if subject is not None and not _unawarded(Filing.objects.filter(pk=subject.pk)).exists():
            raise Http404


class DisposalTransitionView(TransitionView):
    model = Disposal
    template_name = "retention/transition.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().for_pages()

    def extra_context(self) -> dict[str, Any]:
        return {"count": documents_of_case(self.subject.case).count(), "disposal": self.subject}
