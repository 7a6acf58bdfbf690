from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.accounts.api import Organisation
from portal.ui.api import JapaneseDateField, PortalForm, ReasonField

from .keys import JST, Key


class ValueForm(PortalForm):
    text = forms.CharField(label="値", required=False, max_length=500)
    effective_from = JapaneseDateField(label="適用日")
    source = forms.CharField(label="根拠", max_length=300, help_text="要綱の条、通知の番号など。")

    def __init__(self, *args: Any, key: Key, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key
        self.fields["text"].label = key.label
        self.fields["text"].help_text = key.kind.help

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            self.key.kind.read(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        return text


class ExtensionForm(PortalForm):
    grantee = forms.ModelChoiceField(
        label="対象の都道府県", queryset=Organisation.objects.none(), empty_label="選んでください"
    )
    closes_on = JapaneseDateField(
        label="延長後の締切日", help_text="その日の17時まで受け付けます。"
    )
    reason = ReasonField(label="理由")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grantee"].queryset = Organisation.objects.prefectures()

    def closes_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["closes_on"], time(17), tzinfo=JST)
