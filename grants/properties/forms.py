from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from grants.awards.api import Award
from grants.contractors.api import Contract
from portal.core.actor import Actor
from portal.core.money import format_yen
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    QuantityField,
    ReasonField,
    RowForm,
    YenField,
    row_formset,
)

from .models import Asset
from .register import Row, lives_of, paid_lines
from .states import DisposalKind, Keeper, Seen

# Far above any plan, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class AssetForm(PortalForm):
    line_uid = forms.ChoiceField(
        label="支出した積算の明細", help_text="括弧の中は、財産を載せられる額の上限です。"
    )
    contract = forms.ModelChoiceField(
        label="取得した契約",
        queryset=Contract.objects.none(),
        required=False,
        empty_label="契約によらない（直営）",
    )
    keeper = forms.ChoiceField(label="保管する者", choices=Keeper.choices)
    class_code = forms.ChoiceField(
        label="区分", help_text="区分ごとの年数が、処分制限期間になります。"
    )
    name = forms.CharField(label="財産の名称", max_length=100)
    specification = forms.CharField(label="規格", max_length=200, required=False)
    quantity = QuantityField(label="数量", min_value=1, max_value=9_999)
    unit_price = YenField(label="単価", max_value=MAX_YEN // 10_000, help_text="税込み")
    acquired_on = JapaneseDateField(label="取得日")
    location = forms.CharField(label="保管場所", max_length=200)
    note = forms.CharField(label="備考", max_length=300, required=False)

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line_uid"].choices = [
            (str(one.uid), f"{one.label}（{format_yen(one.limit)}）") for one in paid_lines(award)
        ]
        self.fields["class_code"].choices = [
            (one.code, one.label) for one in lives_of(award.programme)
        ]
        concluded = Contract.objects.concluded().filter(award=award)
        self.fields["contract"].queryset = concluded.order_by("title", "id")

    def clean_line_uid(self) -> UUID:
        return UUID(self.cleaned_data["line_uid"])


class InventoryForm(PortalForm):
    checked_on = JapaneseDateField(label="確認した日")
    checked_by = PersonNameField(label="確認した人")


class CheckForm(PortalForm):
    """One property; what stays empty was not looked at."""

    use_required_attribute = False
    result = forms.ChoiceField(
        label="結果", choices=[("", "確認しない"), *Seen.choices], required=False
    )
    note = forms.CharField(label="状況", max_length=300, required=False)


def check_forms(rows: list[Row], data: Any = None) -> list[CheckForm]:
    """`row` is the property that stands beside the form."""
    found = []
    for row in rows:
        form = CheckForm(data, prefix=str(row.asset.pk), place=f"{row.asset}")
        form.row = row
        found.append(form)
    return found


class _OfAsset(PortalForm):
    def __init__(self, *args: Any, subject: Asset, actor: Actor, **kwargs: Any) -> None:
        self.subject, self.actor = subject, actor
        super().__init__(*args, **kwargs)


class DisposeForm(_OfAsset):
    disposal_kind = forms.ChoiceField(
        label="処分の種類",
        choices=[one for one in DisposalKind.choices if one[0] != DisposalKind.MORTGAGE],
    )
    disposed_on = JapaneseDateField(label="処分した日")
    proceeds = YenField(
        label="処分による収入額", max_value=MAX_YEN, help_text="収入がないときは、0円。"
    )
    closing_note = LongTextField(
        label="処分の内容", max_length=1000, rows=4, help_text="相手方、方法、その後の使いみち。"
    )


class StrikeForm(_OfAsset):
    reason = ReasonField(label="取り消す理由", max_length=1000)


class LifeRow(RowForm):
    code = forms.SlugField(label="記号", max_length=40)
    name = forms.CharField(label="区分", max_length=100)
    years = QuantityField(label="年数", min_value=1, max_value=100)
    source = forms.CharField(label="根拠", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


LifeRows = row_formset(LifeRow, title="処分制限期間", extra=1, least=1, most=80)
