from __future__ import annotations

from typing import Any

from django import forms

from grants.changes.api import Stop
from grants.kinds.application.forms import NumberedForm
from portal.ui.api import JapaneseDateField, LongTextField, PortalForm, YenField

# Far above any plan, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class StopForm(PortalForm):
    """Everything may stay empty until it is filed; the checklist says what is missing."""

    what = forms.ChoiceField(
        label="中止・廃止の別", choices=Stop.choices, widget=forms.RadioSelect, required=False
    )
    takes_effect_on = JapaneseDateField(label="中止・廃止の時期", required=False)
    resumes_on = JapaneseDateField(
        label="再開の予定日", required=False, help_text="中止のときに入力します。"
    )
    reason = LongTextField(label="理由", max_length=2000, rows=6, required=False)
    spent = YenField(
        label="支出済額",
        max_value=MAX_YEN,
        required=False,
        help_text="委託先への支払は、契約の記録から写しています。県が直接支払った額を加えてください。",
    )
    expected = YenField(
        label="支出見込額",
        max_value=MAX_YEN,
        required=False,
        help_text="これから支払う額。残務処理費、契約の終了に要する費用を含みます。",
    )

    def clean_expected(self) -> int:
        return self.cleaned_data["expected"] or 0


class ApproveForm(NumberedForm):
    extra_conditions = LongTextField(
        label="加える条件",
        max_length=2000,
        rows=3,
        required=False,
        help_text="1行に1つ。前の決定の条件は、そのまま続きます。",
    )
    confirmed = forms.BooleanField(label="時期、理由、経費の精算の見込みを確かめました。")
    field_order = ("extra_conditions", "document_number", "decided_on", "issued_on", "confirmed")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        lines = (values.get("extra_conditions") or "").splitlines()
        values["conditions"] = [
            {"text": line.strip(), "basis": "適正化法7条3項"} for line in lines if line.strip()
        ]
        return values
