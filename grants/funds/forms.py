from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.ui.api import JapaneseDateField, PortalForm, ReasonField, UploadField, YenField

from .reconciling import MOST_BYTES
from .states import Step

# Far above any budget, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class StepForm(PortalForm):
    has_request_key = True

    step = forms.ChoiceField(label="段階", choices=Step.choices, widget=forms.RadioSelect)
    acted_on = JapaneseDateField(label="行為の日")
    document_number = forms.CharField(label="文書番号", max_length=60)
    amount = YenField(label="額", max_value=MAX_YEN)
    note = forms.CharField(label="摘要", max_length=200, required=False)


class CorrectForm(PortalForm):
    """Begins with what is wrong, so that only that is typed anew."""

    has_request_key = True

    acted_on = JapaneseDateField(label="行為の日")
    document_number = forms.CharField(label="文書番号", max_length=60)
    amount = YenField(
        label="額", max_value=MAX_YEN, help_text="記録をなかったことにするときは、0円。"
    )
    note = forms.CharField(label="摘要", max_length=200, required=False)
    reason = ReasonField(label="訂正の理由")


class PayForm(PortalForm):
    """`left` is what the claim still waits for, in yen."""

    has_request_key = True

    amount = YenField(
        label="支払額",
        max_value=MAX_YEN,
        help_text="分けて支払うときは、今回の額にします。残りは、支払を待つ請求に残ります。",
    )
    paid_on = JapaneseDateField(label="支払日", help_text="都道府県が受領した日。")
    reference = forms.CharField(
        label="支出決定の番号", max_length=60, help_text="会計の記録と照合するときの番号。"
    )

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].initial = left
        self.fields["paid_on"].initial = timezone.localdate()


class AccountsForm(PortalForm):
    file = UploadField(
        label="会計の支払の一覧", extensions=("csv", "xlsx", "xls"), max_bytes=MOST_BYTES
    )
