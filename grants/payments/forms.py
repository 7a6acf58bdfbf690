from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.ui.api import JapaneseDateField, PortalForm, ReasonField, YenField

from .states import PaymentKind

# Far above any award, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class PaymentForm(PortalForm):
    has_request_key = True

    kind = forms.ChoiceField(label="種類", choices=PaymentKind.choices, widget=forms.RadioSelect)
    amount = YenField(label="支払額", max_value=MAX_YEN)
    paid_on = JapaneseDateField(label="支払日", help_text="都道府県が受領した日。")
    reference = forms.CharField(
        label="支出決定の番号",
        max_length=60,
        required=False,
        help_text="会計の記録と照合するときの番号。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].initial = timezone.localdate()
        self.fields["kind"].initial = PaymentKind.ADVANCE


class UndoForm(PortalForm):
    has_request_key = True

    reason = ReasonField(label="取り消す理由", max_length=1000)
