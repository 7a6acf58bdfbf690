"""Many decisions at once: what each would be and what stands against it; then each by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grants.allocations.api import Batch, BatchItem, BatchKind, promise_to
from grants.awards.api import NumbersForm, amount_reasons
from grants.filings.api import Filing, latest_version
from grants.programmes.api import Ledger
from portal.access.api import ActionView
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.identifiers import DocumentNumber
from portal.core.money import format_yen
from portal.core.problems import Denied
from portal.ui.api import JapaneseDateField, PortalForm, YenField
from portal.workflow.api import blocking_reasons, get, perform


class AmountForm(PortalForm):
    """What one application is given, where that is not what it asked for."""

    body = ""
    amount = YenField(label="決定額")
    reason = forms.CharField(label="修正の理由", max_length=1000, required=False)

    @classmethod
    def of(cls, filing: Filing, applied: int, data: Any = None) -> AmountForm:
        form = cls(data, prefix=f"row-{filing.pk}", initial={"amount": applied})
        form.body = filing.grantee.name
        return form

    def call(self, name: str) -> str:
        return f"{self.body}の{self.fields[name].label}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """One application: yen that it would be given and what stands against that.

    `applied` is column I of its version, `promised` its 内示額; `form` is where the decider may
    write another amount and the reason for it (適正化法6条3項).
    """

    filing: Filing
    applied: int
    amount: int
    modification_reason: str
    promised: int | None
    reasons: tuple[str, ...]
    form: AmountForm

    @property
    def is_ready(self) -> bool:
        return not self.reasons and not self.form.errors


def prepare(filings: list[Filing], actor: Actor, data: Any = None) -> list[Prepared]:
    """In the order given, counting down what each year's budget has left.

    `data` holds the amounts as the decider left them; without it each is given what it asked for.
    """
    row = get("filings.application")["decide"]
    ledgers = {one.programme_id: one for one in Ledger.objects.order_by("pk")}
    given = {key: ledger.decided + ledger.promised for key, ledger in ledgers.items()}
    prepared = []
    for filing in filings:
        sealed = latest_version(filing)
        applied = int(sealed.content["amounts"]["i"]) if sealed is not None else 0
        form = AmountForm.of(filing, applied, data)
        amount, why = applied, ""
        if form.is_bound and form.is_valid():
            amount, why = form.cleaned_data["amount"], form.cleaned_data["reason"]
        promise = promise_to(filing)
        held = promise.amount if promise is not None and promise.released_at is None else 0
        reasons = [*blocking_reasons(row, filing, actor)]
        reasons += amount_reasons(
            amount,
            ceiling=applied,
            applied=applied,
            budget=filing.programme.terms().budget,
            decided=given[filing.programme_id] - held,
            reason=why,
        )
        if not reasons and not form.errors:
            given[filing.programme_id] += amount - held
        promised = promise.amount if promise else None
        prepared.append(Prepared(filing, applied, amount, why, promised, tuple(reasons), form))
    return prepared


def decide_all(
    *,
    actor: Actor,
    prepared: list[Prepared],
    seen: dict[str, int],
    numbers: list[DocumentNumber | None],
    decided_on: date,
    issued_on: date,
) -> Batch:
    """Each decision in a transaction of its own; one that fails stops nobody else."""
    batch = Batch.objects.create(
        kind=BatchKind.DECISION, title=f"{len(prepared)}件の交付決定", made_by_name=actor.name
    )
    for order, (one, number) in enumerate(zip(prepared, numbers, strict=True), start=1):
        filing = one.filing
        item = BatchItem(batch=batch, order=order, name=str(filing), amount=one.amount)
        item.url = filing.get_absolute_url()
        conditions = filing.programme.conditions.filter(is_default=True)
        data = {
            "amount": one.amount,
            "modification_reason": one.modification_reason,
            "document_number": number,
            "decided_on": decided_on,
            "issued_on": issued_on,
            "conditions": [{"text": c.text, "basis": c.basis} for c in conditions],
        }
        try:
            decided = perform(
                Filing,
                filing.pk,
                "decide",
                actor,
                seen_version=seen.get(str(filing.pk), filing.version),
                data=data,
            ).subject
        except Denied as refusal:
            item.text = "\n".join(refusal.reasons)
        else:
            item.is_done, item.text = True, "決定しました。"
            item.document_number = decided.decision.document_number
        item.save()
    return batch


class BatchDecisionForm(NumbersForm):
    decided_on = JapaneseDateField(label="決裁日")
    confirmed = forms.BooleanField(label="すべての申請の要点、上限、条件を確かめました。")

    def __init__(self, *args: Any, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.total = total
        self.fields["decided_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.data.get("total") != str(self.total):
            self.add_error(
                None,
                f"決定額の合計が{format_yen(self.total)}に変わりました。"
                "表の決定額を確かめて、もう一度「交付を決定する」を押してください。",
            )
        decided, issued = values.get("decided_on"), values.get("issued_on")
        if decided and issued and issued < decided:
            self.add_error("issued_on", "施行日は、決裁日以後の日付にしてください。")
        return values


class BatchView(ActionView):
    """Of the reviewed applications that were chosen in the list, or of all of them."""

    action = "decisions.batch"

    def get(self, request: HttpRequest) -> HttpResponse:
        prepared = prepare(self._filings(request.GET.getlist("filing")), self.actor)
        return self._page(request, self._form(prepared), prepared)

    def post(self, request: HttpRequest) -> HttpResponse:
        filings = self._filings(request.POST.getlist("filing"))
        prepared = prepare(filings, self.actor, request.POST)
        form = self._form(prepared, request.POST)
        ready = [one for one in prepared if one.is_ready]
        if not form.is_valid() or not ready or any(one.form.errors for one in prepared):
            return self._page(request, form, prepared, status=422)
        if "check" in request.POST:
            return self._page(request, form, prepared)
        batch = decide_all(
            actor=self.actor,
            prepared=ready,
            seen=_versions(request.POST.getlist("seen")),
            numbers=form.numbers,
            decided_on=form.cleaned_data["decided_on"],
            issued_on=form.cleaned_data["issued_on"],
        )
        return redirect(batch)

    def _filings(self, chosen: list[str]) -> list[Filing]:
        waiting = (
            Filing.objects.for_user(self.actor)
            .of_kind("application")
            .awaiting_decision()
            .for_lists()
            .order_by("grantee__prefecture_id", "submitted_at")
        )
        return [filing for filing in waiting if not chosen or str(filing.pk) in chosen]

    def _form(self, prepared: list[Prepared], data: Any = None) -> BatchDecisionForm:
        office = Organisation.objects.get(pk=self.actor.organisation_id)
        names = [one.filing.grantee.name for one in prepared if one.is_ready]
        return BatchDecisionForm(data, office=office, names=names, total=_total(prepared))

    def _page(
        self,
        request: HttpRequest,
        form: BatchDecisionForm,
        prepared: list[Prepared],
        status: int = 200,
    ) -> HttpResponse:
        numbers = iter(form.numbers if form.is_bound and form.is_valid() else ())
        rows = [(one, next(numbers, None) if one.is_ready else None) for one in prepared]
        context = {
            "form": form,
            "rows": rows,
            "ready": sum(one.is_ready for one in prepared),
            "total": _total(prepared),
        }
        return render(request, "decisions/batch.html", context, status=status)


def _total(prepared: list[Prepared]) -> int:
    """Yen of those that nothing stands against."""
    return sum(one.amount for one in prepared if one.is_ready)


def _versions(pairs: list[str]) -> dict[str, int]:
    """«id:version» of each application as the page showed it."""
    found = {}
    for pair in pairs:
        pk, _, version = pair.partition(":")
        if version.isdecimal() and version.isascii():
            found[pk] = int(version)
    return found
