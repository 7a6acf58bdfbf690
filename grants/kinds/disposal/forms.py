from __future__ import annotations

from typing import Any

from django import forms

from grants.filings.api import latest_version
from grants.kinds.application.forms import NumberedForm
from grants.properties.api import DisposalKind
from portal.ui.api import JapaneseDateField, LongTextField, PortalForm, YenField

# Far above any plan, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class DisposalForm(PortalForm):
    """Everything may stay empty until it is filed; the checklist says what is missing."""

    kind = forms.ChoiceField(
        label="処分の種類", choices=DisposalKind.choices, widget=forms.RadioSelect, required=False
    )
    planned_on = JapaneseDateField(label="処分の予定日", required=False)
    counterpart = forms.CharField(
        label="相手方",
        max_length=200,
        required=False,
        help_text="譲渡、交換、貸付け、担保のときに入力します。",
    )
    proceeds = YenField(
        label="処分による収入の見込額",
        max_value=MAX_YEN,
        required=False,
        help_text="譲渡や貸付けの対価など。収入がないときは、0円。",
    )
    reason = LongTextField(label="処分の理由", max_length=2000, rows=6, required=False)
    afterwards = LongTextField(
        label="処分した後の使いみち", max_length=2000, rows=4, required=False
    )

    def clean_proceeds(self) -> int:
        return self.cleaned_data["proceeds"] or 0


class ApproveForm(NumberedForm):
    returned = YenField(label="国庫に納付する額", max_value=MAX_YEN)
    returned_reason = LongTextField(
        label="計算した額と違う額にする理由",
        max_length=1000,
        rows=3,
        required=False,
        help_text="納付を要しない処分と認めるときなどに入力します。",
    )
    extra_conditions = LongTextField(
        label="承認の条件", max_length=2000, rows=3, required=False, help_text="1行に1つ。"
    )
    confirmed = forms.BooleanField(label="処分の種類、理由、残存価額の計算を確かめました。")
    field_order = (
        "returned",
        "returned_reason",
        "extra_conditions",
        "document_number",
        "decided_on",
        "issued_on",
        "confirmed",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sealed = latest_version(self.subject)
        self.computed = int(sealed.content["returned"]) if sealed else 0
        self.fields["returned"].initial = self.computed

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("returned") not in (None, self.computed) and not values["returned_reason"]:
            self.add_error(
                "returned_reason", "計算した額と違う額にするときは、理由を入力してください。"
            )
        lines = (values.get("extra_conditions") or "").splitlines()
        values["conditions"] = [
            {"text": line.strip(), "basis": "適正化法22条"} for line in lines if line.strip()
        ]
        return values
