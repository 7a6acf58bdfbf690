from __future__ import annotations

from typing import Any

from django import forms

from grants.allocations.api import MAX_YEN, NeedsRow, Statement, SurveyKind
from grants.programmes.api import Programme, Round
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    QuantityField,
    YenField,
)


class SurveyForm(PortalForm):
    round = forms.ModelChoiceField(
        label="年度と募集の回", queryset=Round.objects.none(), empty_label="選んでください"
    )
    kind = forms.ChoiceField(label="種類", choices=SurveyKind.choices, widget=forms.RadioSelect)
    due_on = JapaneseDateField(label="回答の期限")
    questions = LongTextField(
        label="聞きたいこと",
        max_length=2000,
        rows=5,
        required=False,
        help_text="金額のほかに聞くこと。空欄にすると、金額だけを聞きます。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = Round.objects.select_related("programme")
        self.fields["round"].queryset = rounds.order_by("-programme__fiscal_year", "-number")

    @property
    def programme(self) -> Programme:
        return self.cleaned_data["round"].programme


class StatementForm(PortalForm):
    contact_name = PersonNameField(
        label="担当者", required=False, help_text="提出するときに必要です。"
    )
    contact_phone = forms.CharField(label="電話番号", max_length=30, required=False)
    answer = LongTextField(label="聞かれたことへの回答", max_length=4000, rows=5, required=False)
    remarks = LongTextField(
        label="備考",
        max_length=2000,
        rows=3,
        required=False,
        help_text="前年度からの増減の理由、議会の予定など。",
    )


class NeedsRowForm(PortalForm):
    """One activity type: an empty box is nothing, 0."""

    use_required_attribute = False
    count = QuantityField(label="取組の数", unit="件", max_value=999, required=False)
    total = YenField(label="総事業費", max_value=MAX_YEN, required=False)
    income = YenField(label="寄附金その他の収入", max_value=MAX_YEN, required=False)
    eligible = YenField(label="対象経費", max_value=MAX_YEN, required=False)
    wish = YenField(label="希望額", max_value=MAX_YEN, required=False)

    def __init__(self, *args: Any, row: NeedsRow, **kwargs: Any) -> None:
        self.row = row
        first = {name: getattr(row, name) or None for name in self.base_fields}
        super().__init__(*args, prefix=row.type_code, initial=first, place=row.title, **kwargs)

    @property
    def typed(self) -> NeedsRow:
        """Only after is_valid()."""
        amounts = {name: self.cleaned_data[name] or 0 for name in self.base_fields}
        row = self.row
        return NeedsRow(uid=row.uid, type_code=row.type_code, **amounts)


def row_forms(rows: tuple[NeedsRow, ...], data: Any = None) -> list[NeedsRowForm]:
    return [NeedsRowForm(data, row=row) for row in rows]


def text_form(statement: Statement, data: Any = None) -> StatementForm:
    initial = {name: getattr(statement, name) for name in StatementForm.base_fields}
    form = StatementForm(data, initial=initial, version=statement.version)
    if not statement.survey.questions:
        del form.fields["answer"]
    return form
