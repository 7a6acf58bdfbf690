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
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.notifications.api import Draft, writes
from portal.ui.api import (
    DocumentNumberField,
    JapaneseDateField,
    PortalForm,
    ReasonField,
    SavingView,
)


class LessForm(PortalForm):
    """What follows from a corrected report that says less."""

    has_request_key = True

    way = forms.ChoiceField(label="措置", choices=Way.choices, widget=forms.RadioSelect)
    reason = ReasonField(label="理由")
    number = DocumentNumberField(
        label="文書番号",
        required=False,
        help_text="命じた返還の額を減らすときの、返還額の減額通知書の番号。",
    )
    issued_on = JapaneseDateField(
        label="施行日", required=False, help_text="命じた返還の額を減らすときに入力します。"
    )

    def __init__(self, *args: Any, counts_numbers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts_numbers = counts_numbers
        if counts_numbers:
            self.fields["number"].help_text = "空欄のままにすると、次の番号を採番します。"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("way") != Way.LOWER:
            values["number"] = values["issued_on"] = None
            return values
        if not values.get("number") and not self.counts_numbers and "number" not in self.errors:
            self.add_error("number", "文書番号を入力してください。")
        if not values.get("issued_on") and "issued_on" not in self.errors:
            self.add_error("issued_on", "施行日を入力してください。")
        return values


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
        office = Organisation.objects.get(pk=self.actor.organisation_id)
        return LessForm(data, counts_numbers=office.counts_numbers)

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
