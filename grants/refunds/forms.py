from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.api import Organisation
from portal.core.dates import day_with_weekday, read_date
from portal.core.money import read_yen
from portal.ui.api import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PortalForm,
    ReasonField,
    YenField,
)

from .claims import Claim
from .rules import Money
from .states import Ground, Interest

# Far above any award, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


def _number_field(form: PortalForm, office: Organisation) -> None:
    if office.counts_numbers:
        form.fields["document_number"].required = False
        form.fields["document_number"].help_text = "空欄のままにすると、次の番号を採番します。"


class PaymentsField(LongTextField):
    """One payment a line: a day and an amount. Cleans to a tuple of Money."""

    def clean(self, value: Any) -> tuple[Money, ...]:
        text = super().clean(value) or ""
        found, problems = [], []
        lines = [line.strip() for line in str(text).splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            day, _, amount = line.replace("\t", " ").replace("　", " ").partition(" ")
            on, yen = read_date(day), read_yen(amount)
            if on.value is None or yen.value is None or yen.value < 0:
                problems.append(
                    f"{number}行目は「2026/2/4 500000」のように、日付と金額を空白で区切ってください。"
                )
            else:
                found.append(Money(on.value, yen.value))
        if problems:
            raise forms.ValidationError(problems)
        return tuple(found)


class WhatIfForm(PortalForm):
    """Asked by GET: nothing is kept."""

    ground = forms.ChoiceField(label="返還の根拠", choices=Ground.choices)
    amount = YenField(label="返還額", max_value=MAX_YEN)
    due_on = JapaneseDateField(label="納期日")
    until = JapaneseDateField(label="未納の分を計算する日", required=False)
    repayments = PaymentsField(
        label="納付（日付と金額）",
        max_length=2000,
        rows=4,
        required=False,
        counter=False,
        help_text="1行に1回。例：2026/2/4 500000。空欄にすると、納付がないものとして計算します。",
    )


class OrderForm(PortalForm):
    claim = forms.ChoiceField(label="返還を命ずる額", widget=forms.RadioSelect)
    due_on = JapaneseDateField(label="納期日")
    reason = ReasonField(label="理由", max_length=2000)
    document_number = DocumentNumberField(label="文書番号")
    issued_on = JapaneseDateField(label="命令の日（施行日）")
    notice_number = forms.CharField(label="納入告知番号", max_length=60, required=False)

    def __init__(
        self, *args: Any, office: Organisation, claims: list[Claim], due_on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim"].choices = [(one.key, one.label) for one in claims]
        self.fields["claim"].initial = claims[0].key if claims else None
        self.fields["due_on"].initial = due_on
        self.fields[
            "due_on"
        ].help_text = f"{day_with_weekday(due_on)}は、行政機関と銀行がどちらも開いている日です。"
        self.fields["issued_on"].initial = timezone.localdate()
        _number_field(self, office)

    def clean_due_on(self) -> date:
        """The paper goes out now: nothing that it asks for is late already."""
        due_on: date = self.cleaned_data["due_on"]
        if due_on <= timezone.localdate():
            raise forms.ValidationError("納期日は、明日以後の日付にしてください。")
        return due_on


class RepaymentForm(PortalForm):
    has_request_key = True

    amount = YenField(label="納付額", max_value=MAX_YEN)
    paid_on = JapaneseDateField(label="納付の日")
    reference = forms.CharField(label="領収済の番号", max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].initial = timezone.localdate()


class GivingBackForm(PortalForm):
    paid_on = JapaneseDateField(label="払い戻した日")
    reference = forms.CharField(label="支払の番号", max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].initial = timezone.localdate()


class UndoForm(PortalForm):
    reason = ReasonField(label="取り消す理由", max_length=1000)


class ExemptForm(PortalForm):
    has_request_key = True

    kind = forms.ChoiceField(
        label="免除するもの", choices=Interest.choices, widget=forms.RadioSelect
    )
    amount = YenField(label="免除額", max_value=MAX_YEN)
    reason = ReasonField(label="やむを得ない事情", max_length=2000)
    document_number = DocumentNumberField(label="文書番号")
    decided_on = JapaneseDateField(label="決裁日")

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = timezone.localdate()
        _number_field(self, office)


class InterestForm(PortalForm):
    document_number = DocumentNumberField(label="文書番号")
    issued_on = JapaneseDateField(label="施行日")

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].initial = timezone.localdate()
        _number_field(self, office)
