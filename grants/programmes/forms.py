from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.accounts.api import Organisation
from portal.ui.api import JapaneseDateField, PortalForm, ReasonField

from .value_kinds import JST, OPTIONAL_YEN, Key


class ValueForm(PortalForm):
    """One value from a day on: typed, or chosen where there is nothing else."""

    effective_from = JapaneseDateField(label="適用日")
    source = forms.CharField(label="根拠", max_length=300, help_text="要綱の条、通知の番号など。")

    def __init__(self, *args: Any, key: Key, **kwargs: Any) -> None:
        self.key = key
        self.base_fields = {"text": _field_of(key), **self.base_fields}
        super().__init__(*args, **kwargs)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            self.key.kind.read(text)
        except ValueError as error:
            raise ValidationError(f"{self.key.label}：{error}") from None
        return text


def _field_of(key: Key) -> forms.Field:
    if key.kind.choices:
        return forms.ChoiceField(label=key.label, choices=key.kind.choices)
    return forms.CharField(
        label=key.label,
        help_text=key.kind.help,
        max_length=500,
        required=key.kind is not OPTIONAL_YEN,
    )


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
