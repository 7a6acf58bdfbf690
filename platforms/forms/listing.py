"""What others see of a platform, and how they look for it."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.ui.api import PortalForm

from ..models import Listing
from ..states import Audience, Field, LifeStage, PlatformForm


def _choice(label: str, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Audience.choices, widget=forms.RadioSelect, help_text=help_text
    )


class ListingForm(PortalForm):
    audience = _choice(
        "一覧に載せる範囲",
        "名称、設置の形と設置日を載せます。下の項目は、この範囲より広くは見せません。",
    )
    secretariat = _choice("事務局と連絡先")
    areas = _choice("区域")
    practice = _choice("特色ある取組")
    figures = _choice("参画団体の数、分野とライフステージ")
    members = _choice("参画団体の名称", "団体の同意を得てから選んでください。")
    meetings = _choice("公開とした会議と議題")

    @classmethod
    def starts_with(cls, listing: Listing) -> dict[str, Any]:
        return {name: getattr(listing, name) for name in cls.base_fields}

    def choices(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.base_fields}


def _any(choices: Any) -> list[tuple[str, Any]]:
    return [("", "すべて"), *choices]


class DirectoryFilterForm(PortalForm):
    words = forms.CharField(label="名称・特色ある取組", max_length=100, required=False)
    region = forms.ChoiceField(label="地方", required=False)
    form = forms.ChoiceField(label="設置の形", choices=_any(PlatformForm.choices), required=False)
    field = forms.ChoiceField(label="分野", choices=_any(Field.choices), required=False)
    stage = forms.ChoiceField(
        label="ライフステージ", choices=_any(LifeStage.choices), required=False
    )

    def __init__(self, *args: Any, regions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = _any((one, one) for one in regions)
