from __future__ import annotations

import re
from typing import Any

from django import forms

from grants.awards.api import Award
from grants.contractors.api import Contract
from portal.core.money import read_yen
from portal.ui.api import LongTextField, PortalForm

from .population import Entry
from .rules import MOST, Design, design_reasons
from .states import Source

# «人件費,208,500»: whether 208 belongs to the words or to the amount cannot be known.
_THOUSANDS = re.compile(r"[0-9０-９]{3}")
_MOST_LINES = 5_000


class _ContractField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Contract) -> str:
        return f"{obj.contractor.name}　{obj.title}"


class TargetForm(PortalForm):
    contract = _ContractField(
        label="対象",
        queryset=Contract.objects.none(),
        required=False,
        empty_label="都道府県の全体",
    )
    reason = forms.CharField(label="選んだ理由", max_length=300)

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contracts = Contract.objects.concluded().filter(award=award)
        self.fields["contract"].queryset = contracts.select_related("contractor").order_by("title")


class DrawForm(PortalForm):
    """`known` is the population that the portal has."""

    source = forms.ChoiceField(
        label="もとにする支出",
        choices=Source.choices,
        initial=Source.PORTAL,
        widget=forms.RadioSelect,
    )
    typed = LongTextField(
        label="団体の支出の一覧",
        max_length=500_000,
        rows=6,
        counter=False,
        required=False,
        help_text="1行に1件、番号、内容、金額の順に、タブかコンマで区切ります。金額の桁のコンマは"
        "除いてください。例：1,人件費 4月分,208000",
    )
    largest = forms.IntegerField(
        label="金額の大きいものの件数", min_value=0, max_value=MOST, initial=10
    )
    count = forms.IntegerField(label="無作為の件数", min_value=0, max_value=MOST, initial=20)
    by_amount = forms.BooleanField(
        label="無作為の件数は、金額に比例した確率で選ぶ。", required=False
    )
    seed = forms.CharField(
        label="種",
        max_length=64,
        required=False,
        help_text="同じ種からは、いつも同じ結果になります。検査の場で団体の人が選んだ数を使えます。"
        "空のままにすると、ポータルが作ります。",
    )

    def __init__(self, *args: Any, known: list[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_typed(self) -> list[Entry]:
        lines = [text for text in self.cleaned_data["typed"].splitlines() if text.strip()]
        if len(lines) > _MOST_LINES:
            raise forms.ValidationError(f"一覧は{_MOST_LINES:,}件までにしてください。")
        found = [_entry(text) for text in lines]
        unread = [str(number) for number, one in enumerate(found, start=1) if one is None]
        if unread:
            raise forms.ValidationError(
                f"{'、'.join(unread[:10])}行目を、番号、内容、金額の3列にしてください。"
            )
        return [one for one in found if one is not None]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if {"source", "largest", "count"} <= values.keys() and "typed" not in self.errors:
            lines = [one.line for one in self.entries()]
            for reason in design_reasons(lines, self.design()):
                self.add_error("source", reason)
        return values

    def entries(self) -> list[Entry]:
        given = self.cleaned_data
        return given["typed"] if given["source"] == Source.TYPED else self.known

    def design(self) -> Design:
        given = self.cleaned_data
        return Design(given["largest"], given["count"], given["by_amount"])


def _entry(text: str) -> Entry | None:
    # A row that was copied from a spreadsheet has tabs, and commas inside its amount.
    parts = [part.strip() for part in (text.split("\t") if "\t" in text else text.split(","))]
    if len(parts) < 3 or not parts[0]:
        return None
    if "\t" not in text and _THOUSANDS.fullmatch(parts[-1]) and parts[-2][-1:].isdigit():
        return None
    amount = read_yen(parts[-1])
    if amount.problem or amount.value is None:
        return None
    return Entry(parts[0][:60], "　".join(parts[1:-1])[:200], amount.value)
