from __future__ import annotations

from typing import Any

from django import forms

from grants.filings.api import latest_version
from grants.kinds.application.forms import NumberedForm
from portal.ui.api import LongTextField, PortalForm, ReasonField, YenField

# Far above any award, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class ReasonAndAmountForm(PortalForm):
    reason = LongTextField(
        label="変更の理由",
        max_length=2000,
        rows=6,
        required=False,
        help_text="何が、なぜ変わるのか。提出するときに必要です。",
    )
    effect = LongTextField(
        label="変更による影響",
        max_length=2000,
        rows=4,
        required=False,
        help_text="目標、委託先、完了の時期など。ないときは空欄。",
    )
    amount = YenField(
        label="変更後の交付決定額",
        max_value=MAX_YEN,
        help_text="額を変えないときは、いまの交付決定額のままにします。",
    )


class ApproveForm(NumberedForm):
    amount = YenField(label="変更後の交付決定額", max_value=MAX_YEN)
    modification_reason = LongTextField(
        label="修正の理由（適正化法6条3項）",
        max_length=1000,
        rows=3,
        required=False,
        help_text="申請額と違う額にするときに入力します。",
    )
    extra_conditions = LongTextField(
        label="加える条件",
        max_length=2000,
        rows=3,
        required=False,
        help_text="1行に1つ。前の決定の条件は、そのまま続きます。",
    )
    confirmed = forms.BooleanField(label="変更前と変更後、上限、予算を確かめました。")
    field_order = (
        "amount",
        "modification_reason",
        "extra_conditions",
        "document_number",
        "decided_on",
        "issued_on",
        "confirmed",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sealed = latest_version(self.subject)
        self.asked = int(sealed.content["amounts"]["i"]) if sealed else 0
        self.fields["amount"].initial = self.asked

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        amount = values.get("amount")
        if amount not in (None, self.asked) and not values.get("modification_reason"):
            self.add_error(
                "modification_reason", "申請額と違う額にするときは、修正の理由を入力してください。"
            )
        lines = (values.get("extra_conditions") or "").splitlines()
        values["conditions"] = [
            {"text": line.strip(), "basis": "適正化法7条3項"} for line in lines if line.strip()
        ]
        return values


class RefuseForm(NumberedForm):
    reason = ReasonField(label="承認しない理由", max_length=2000)
    field_order = ("reason", "document_number", "decided_on", "issued_on")
