from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.api import Organisation
from portal.ui.api import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PortalForm,
    ReasonField,
    YenField,
)

from .states import RevocationGround


class RevokeForm(PortalForm):
    ground = forms.ChoiceField(
        label="根拠", choices=RevocationGround.choices, widget=forms.RadioSelect
    )
    after = YenField(label="取消し後の決定額", help_text="全部を取り消すときは、0円。")
    provision = LongTextField(
        label="違反した法令、条件、処分",
        max_length=1000,
        rows=3,
        help_text="10条によるときは、変更した事情（天災地変など、施行令5条）。",
    )
    reason = ReasonField(label="理由（適正化法21条の2）", max_length=2000)
    document_number = DocumentNumberField(label="文書番号")
    decided_on = JapaneseDateField(label="決裁日")
    issued_on = JapaneseDateField(label="施行日")

    def __init__(self, *args: Any, office: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["decided_on"].initial = self.fields["issued_on"].initial = today
        if office.counts_numbers:
            self.fields["document_number"].required = False
            self.fields["document_number"].help_text = "空欄のままにすると、次の番号を採番します。"
