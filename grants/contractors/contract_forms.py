"""What is typed about a contract's 充当, and when it is agreed anew or terminated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils import timezone

from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.ui.api import JapaneseDateField, PortalForm, ReasonField, YenField, word_messages

from .allocation import LineShare
from .models import Contract, ContractLine
from .planned import lines_for
from .rules import PlannedLineTerms, spread
from .states import Settlement, TerminationGround

_MOST = 999_999_999_999


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the plan with the boxes beside it."""

    planned: PlannedLineTerms
    amount: BoundField
    unit: BoundField | None
    price: BoundField | None

    @property
    def has_error(self) -> bool:
        return any(box.errors for box in (self.amount, self.unit, self.price) if box is not None)


class _Shares:
    """Boxes for each line of the plan, put into a PortalForm. Their sum is what the contract is for."""

    def __init__(self, form: forms.Form, contract: Contract, lines: list[PlannedLineTerms]) -> None:
        self._form, self.lines = form, lines
        self._by_unit = contract.settlement == Settlement.UNIT
        stored = {line.line_uid: line for line in contract.lines.all()}
        proposal = {} if stored else spread(contract.amount, lines)
        for line in lines:
            self._add(line, stored.get(line.uid), proposal.get(line.uid))

    def _add(self, line: PlannedLineTerms, stored: ContractLine | None, proposed: Any) -> None:
        boxes: dict[str, forms.Field] = {
            "amount": YenField(
                label=f"「{line.item}」の充当額",
                required=False,
                max_value=_MOST,
                initial=stored.amount if stored else proposed,
            )
        }
        if self._by_unit:
            boxes["unit"] = forms.CharField(
                label=f"「{line.item}」の単位",
                required=False,
                max_length=20,
                initial=stored.unit if stored else "",
            )
            boxes["price"] = YenField(
                label=f"「{line.item}」の単価",
                required=False,
                max_value=_MOST,
                initial=stored.unit_price if stored else None,
            )
        for name, box in boxes.items():
            word_messages(box, str(box.label))
            self._form.fields[f"{name}_{line.uid}"] = box

    @property
    def rows(self) -> list[ShownLine]:
        return [
            ShownLine(
                line,
                self._form[f"amount_{line.uid}"],
                self._form[f"unit_{line.uid}"] if self._by_unit else None,
                self._form[f"price_{line.uid}"] if self._by_unit else None,
            )
            for line in self.lines
        ]

    def read(self, values: Mapping[str, Any]) -> dict[UUID, LineShare]:
        return {
            line.uid: LineShare(
                values.get(f"amount_{line.uid}") or 0,
                values.get(f"unit_{line.uid}") or "",
                values.get(f"price_{line.uid}"),
            )
            for line in self.lines
        }

    def missing_prices(self, values: Mapping[str, Any]) -> Iterable[str]:
        for line in self.lines if self._by_unit else ():
            is_used = values.get(f"amount_{line.uid}")
            if is_used and not values.get(f"price_{line.uid}"):
                yield f"price_{line.uid}"


class AllocationForm(PortalForm):
    """充当 of a contract in preparation; unless stored already, a proposal in the plan's order."""

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, version=contract.version, **kwargs)
        self._contract = contract
        self._table = _Shares(self, contract, lines_for(contract))
        self.is_proposal = not contract.lines.all()

    @property
    def rows(self) -> list[ShownLine]:
        return self._table.rows

    @property
    def shares(self) -> dict[UUID, LineShare]:
        return self._table.read(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in self._table.missing_prices(values):
            self.add_error(name, "単価契約では、充当する行の単価を入力してください。")
        total = sum(share.amount for share in self._table.read(values).values())
        if not self.errors and total != self._contract.amount:
            raise forms.ValidationError(
                f"充当額の合計（{format_yen(total)}）が、{self._contract.words.amount}"
                f"（{format_yen(self._contract.amount)}）と"
                f"{format_yen(abs(total - self._contract.amount))}違います。合計を合わせてください。"
            )
        return values


class ChangeForm(PortalForm):
    """変更契約: the new last day and the new 充当, whose sum is the new amount."""

    signed_on = JapaneseDateField(label="変更契約の日")
    ends_on = JapaneseDateField(label="変更後の期間の末日")
    reason = ReasonField(label="変更の理由", max_length=1000)

    def __init__(self, *args: Any, subject: Contract, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._contract = subject
        signed = self.fields["signed_on"]
        signed.latest, signed.label = timezone.localdate(), f"{subject.words.change}の日"
        word_messages(signed, signed.label)
        self.fields["ends_on"].initial = subject.ends_on
        self._table = _Shares(self, subject, lines_for(subject))

    @property
    def rows(self) -> list[ShownLine]:
        return self._table.rows

    @property
    def plain_fields(self) -> list[BoundField]:
        return [self[name] for name in self.base_fields]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in self._table.missing_prices(values):
            self.add_error(name, "単価契約では、充当する行の単価を入力してください。")
        values["shares"] = self._table.read(values)
        if not self.errors and not any(share.amount for share in values["shares"].values()):
            raise forms.ValidationError(
                f"変更後の{self._contract.words.amount}が0円です。"
                f"やめるときは、「{self._contract.words.ending}」から記録してください。"
            )
        ends = values.get("ends_on")
        if ends and ends < self._contract.starts_on:
            self.add_error("ends_on", "期間の末日は、初日以後の日付にしてください。")
        return values


class TerminateForm(PortalForm):
    terminated_on = JapaneseDateField(label="解除の日")
    ground = forms.ChoiceField(
        label="理由の種類", choices=TerminationGround.choices, widget=forms.RadioSelect
    )
    reason = ReasonField(label="解除の理由", max_length=1000)

    def __init__(self, *args: Any, subject: Contract, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if subject.is_subsidy:
            for name, label in (("terminated_on", "取消しの日"), ("reason", "取消しの理由")):
                self.fields[name].label = label
                word_messages(self.fields[name], label)
        day = self.fields["terminated_on"]
        day.earliest, day.latest = subject.starts_on, subject.ends_on
