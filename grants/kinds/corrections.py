"""Reports under a condition of the award have these alike: correcting a confirmed one, and deciding what
follows where it says less. Each kind names its model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from grants.conditions.api import ReturnReport, Way, decide_less
from grants.filings.api import Filing, Section
from portal.access.api import ActionView, Role, decide
from portal.core.actor import Actor
from portal.notifications.api import Draft, writes
from portal.ui.api import PortalForm, ReasonField, SavingView


class LessForm(PortalForm):
    """What follows from a corrected report that says less."""

    has_request_key = True

    way = forms.ChoiceField(label="措置", choices=Way.choices, widget=forms.RadioSelect)
    reason = ReasonField(label="理由")


class ReportView(ActionView):
    """A report on an award whose amount is fixed, with all that its page says of both."""

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .select_related(
                "filing__programme",
                "filing__grantee__prefecture",
                "award__programme",
                "award__grantee",
                "award__decision",
                "award__settlement",
                "corrects__filing__programme",
            )
        )


class CorrectionView(ActionView):
    """Begins another report on the confirmed one."""

    start: Callable[..., Filing]

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("filing__programme", "award")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        filing = type(self).start(actor=self.actor, report=self.subject)
        return redirect(filing.working_url)


class LessenView(SavingView):
    """決定権者: what follows from a corrected report that says less."""

    template_name = "conditions/less.html"
    said = "減額の措置を決めました。\n都道府県に知らせます。"

    def get_queryset(self) -> Any:
        seen = super().get_queryset().select_related("filing__programme", "filing__grantee")
        return seen.select_related("award", "corrects__filing__programme", "lessening")

    def form(self, data: Any = None, files: Any = None) -> LessForm:
        return LessForm(data)

    def save(self, form: LessForm) -> Filing:
        decide_less(actor=self.actor, report=self.subject, **form.cleaned_data)
        filing: Filing = self.subject.filing
        return filing


def corrections_section(model: type[ReturnReport]) -> Section:
    """What a report corrects, what corrects it, and what followed where it says less."""
    name = model.condition.name

    def found(filing: Filing, actor: Actor) -> Mapping[str, Any]:
        if filing.kind != name:
            return {}
        seen = model.objects.for_user(actor).select_related(
            "filing__programme", "corrects__filing__programme", "lessening"
        )
        report = seen.filter(filing=filing).first()
        if report is None:
            return {}
        newer = list(seen.filter(corrects=report).order_by("filing__created_at"))
        return {
            "report": report,
            "newer": newer,
            "may_correct": not newer and bool(decide(actor, f"{name}.correct", report)),
            "may_decide": report.is_undecided
            and bool(decide(actor, f"{name}.decide_less", report)),
            "correct_url": reverse(f"{name}:correct", args=[report.pk]),
            "less_url": reverse(f"{name}:less", args=[report.pk]),
        }

    return Section("conditions/corrections.html", found)


def tell_of_lessening(model: type[ReturnReport]) -> None:
    """Registers who is told that it was decided. No amounts in what is mailed."""
    condition = model.condition

    @writes(f"{condition.name}.lessened")
    def lessened(pk: str) -> Iterable[Draft]:
        filing = Filing.objects.select_related("programme", "grantee").get(pk=pk)
        yield Draft(
            filing.grantee,
            (Role.DRAFTER, Role.APPROVER),
            f"{filing.programme.year_label} {condition.label}の減額について措置が決まりました",
            "措置と理由は、報告のページにあります。",
            filing.get_absolute_url(),
            "内閣府",
        )
