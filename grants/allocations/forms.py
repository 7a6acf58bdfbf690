from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms

from portal.accounts.api import Organisation
from portal.core.dates import JST
from portal.ui.api import JapaneseDateField, PortalForm, ReasonField, YenField

from .models import MAX_YEN
from .states import SharingRule


class RoundForm(PortalForm):
    name = forms.CharField(label="名称", max_length=40, help_text="例：追加募集")
    opens_on = JapaneseDateField(label="申請の受付開始日")
    closes_on = JapaneseDateField(label="申請の締切日", help_text="その日の17時まで受け付けます。")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        opens, closes = values.get("opens_on"), values.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "締切日は、受付開始日以後の日付にしてください。")
        return values

    def window(self) -> tuple[datetime, datetime]:
        """Only after is_valid()."""
        given = self.cleaned_data
        return (
            datetime.combine(given["opens_on"], time(9), tzinfo=JST),
            datetime.combine(given["closes_on"], time(17), tzinfo=JST),
        )


class PriorStartForm(PortalForm):
    starts_on = JapaneseDateField(label="着手する日")
    reason = ReasonField(label="決定の前に着手する理由", max_length=1000)


class EndForm(PortalForm):
    reason = ReasonField(label="取り置きを終える理由", max_length=1000)


class SharingForm(PortalForm):
    rule = forms.ChoiceField(
        label="足りないときの決まり", choices=SharingRule.choices, widget=forms.RadioSelect
    )
    available = YenField(label="配分する額", max_value=MAX_YEN)
    ceiling = YenField(
        label="1団体の上限",
        max_value=MAX_YEN,
        required=False,
        help_text="空欄は、上限なしです。",
    )
    note = forms.CharField(
        label="考え方", max_length=300, required=False, help_text="例：全団体を同じ割合で減らした案"
    )

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        self.fields["available"].initial = left
        self.fields["rule"].initial = SharingRule.PROPORTION

    def clean_available(self) -> int:
        available: int = self.cleaned_data["available"]
        if available > self.left:
            raise forms.ValidationError(
                f"配分する額は、予算の残り（{self.left:,}円）以下にしてください。"
            )
        return available


class FixedForm(PortalForm):
    """One body's amount by hand; empty leaves it to the rule."""

    use_required_attribute = False
    fixed = YenField(label="手で決める額", max_value=MAX_YEN, required=False)

    def __init__(
        self, *args: Any, grantee: Organisation, unit: int, fixed: int | None, **kwargs: Any
    ) -> None:
        self.grantee = grantee
        super().__init__(
            *args,
            prefix=f"body{grantee.prefecture_id or grantee.pk}",
            initial={"fixed": fixed},
            place=grantee.name,
            **kwargs,
        )
        self.fields["fixed"].multiple_of = unit


def fixed_forms(
    bodies: list[Organisation], unit: int, fixed: dict[UUID, int | None], data: Any = None
) -> list[FixedForm]:
    return [FixedForm(data, grantee=body, unit=unit, fixed=fixed.get(body.pk)) for body in bodies]
