from __future__ import annotations

from typing import Any

from django import forms

from grants.input_tax.api import Bought, Correction, InputTaxReport, Method, Use, Way
from portal.core.identifiers import read_invoice_number
from portal.ui.api import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PortalForm,
    ReadingField,
    ReasonField,
    RowForm,
    YenField,
    row_formset,
)

from .kind import COSTS

# Far above any plan, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999
_FILED = (("yes", "した"), ("no", "していない"))


def _yen(label: str, help_text: str = "") -> YenField:
    return YenField(label=label, max_value=MAX_YEN, required=False, help_text=help_text)


class SummaryForm(PortalForm):
    summary = LongTextField(
        label="説明",
        max_length=2000,
        rows=4,
        required=False,
        help_text="今回報告しない団体があるときは、いつ確定する見込みかを書きます。",
    )


class CorrectionForm(SummaryForm):
    """Of a report that corrects another: which return was corrected, and when."""

    correction = forms.ChoiceField(
        label="修正申告・更正の別",
        choices=Correction.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    corrected_on = JapaneseDateField(label="修正申告・更正の日", required=False)
    field_order = ["correction", "corrected_on", "summary"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].help_text = "訂正する理由と、前の報告から変わったところを書きます。"


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


class RecipientForm(PortalForm):
    """One recipient. Everything may stay empty until it is filed; the checklist says what is missing."""

    use_required_attribute = False
    is_reported = forms.BooleanField(label="今回報告する", required=False)
    has_filed = forms.ChoiceField(
        label="消費税の確定申告", choices=_FILED, widget=forms.RadioSelect, required=False
    )
    tax_period = forms.CharField(
        label="課税期間",
        max_length=60,
        required=False,
        help_text="例：令和7年4月1日から令和8年3月31日まで",
    )
    method = forms.ChoiceField(
        label="課税方式", choices=[("", "選んでください"), *Method.choices], required=False
    )
    taxed_sales = _yen("課税売上高", "税抜き。免税売上げを含みます。")
    all_sales = _yen("売上高の合計", "税抜き。課税売上高に非課税売上高を加えた額。")
    specified_income = _yen("特定収入", "補助金、寄附金、会費など、対価でない収入。なければ空欄。")
    taxed_sales_10 = _yen(COSTS["taxed_sales_10"])
    common_10 = _yen(COSTS["common_10"])
    other_10 = _yen(COSTS["other_10"])
    taxed_sales_8 = _yen(COSTS["taxed_sales_8"])
    common_8 = _yen(COSTS["common_8"])
    other_8 = _yen(COSTS["other_8"])
    untaxed = _yen(COSTS["untaxed"])
    note = forms.CharField(label="備考", max_length=300, required=False)

    def clean_has_filed(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["has_filed"])

    def clean(self) -> dict[str, Any]:
        """What stays empty of the cost is nothing."""
        values: dict[str, Any] = super().clean() or {}
        for name in (*COSTS, "specified_income"):
            if name in values:
                values[name] = values[name] or 0
        return values


class VersionForm(PortalForm):
    """Carries the version that was seen, and nothing else."""


class PurchaseRow(RowForm):
    """One purchase; without a number only a part of its tax is deducted."""

    supplier = forms.CharField(label="仕入先", max_length=200)
    registered = ReadingField(label="登録番号", reader=read_invoice_number, required=False)
    bought_on = JapaneseDateField(label="仕入れの日", help_text="")
    percent = forms.TypedChoiceField(
        label="税率", choices=[("", "選ぶ"), ("10", "10％"), ("8", "8％")], coerce=int
    )
    use = forms.ChoiceField(label="使いみち", choices=[("", "選ぶ"), *Use.choices])
    amount = YenField(label="額（税込み）", max_value=MAX_YEN)


PurchaseRows = row_formset(PurchaseRow, title="仕入れ", extra=3, most=200)


def bought_of(rows: Any) -> list[Bought]:
    names = ("supplier", "bought_on", "percent", "use", "amount")
    return [
        Bought(number=values["registered"] or "", **{name: values[name] for name in names})
        for values in rows.filled
    ]


def recipient_forms(report: InputTaxReport, data: Any = None) -> list[RecipientForm]:
    """One form a stored row, named by its uid; `row` is what stands beside it."""
    found = []
    for row in report.rows.all():
        first = {name: getattr(row, name) for name in RecipientForm.base_fields}
        first["has_filed"] = {True: "yes", False: "no", None: ""}[row.has_filed]
        form = RecipientForm(data, prefix=str(row.uid), initial=first, place=row.name)
        form.row = row
        found.append(form)
    return found
