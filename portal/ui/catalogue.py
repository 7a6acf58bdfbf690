"""What the page of parts shows: each part with believable values, right and wrong ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from . import chips
from .forms import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    QuantityField,
    RowForm,
    UploadField,
    YenField,
    row_formset,
)
from .parts import Fact

_SIZES = (("l", "承認して提出する"), ("", "保存して次へ"), ("s", "回答する"), ("xs", "確認"))


class _SampleForm(PortalForm):
    title = forms.CharField(label="事業の名称", max_length=40, help_text="40字まで。")
    amount = YenField(label="交付申請額", multiple_of=1000)
    ends_on = JapaneseDateField(label="完了予定日")
    contact = PersonNameField(label="担当者の氏名")
    number = DocumentNumberField(label="文書番号")
    memo = LongTextField(label="備考", max_length=600, rows=3, required=False)
    method = forms.ChoiceField(
        label="契約の方法",
        choices=[
            ("", "選んでください"),
            ("proposal", "公募型プロポーザル"),
            ("bid", "一般競争入札"),
            ("negotiated", "随意契約"),
        ],
        widget=forms.Select(attrs={"class": "input--w20"}),
    )
    mode = forms.ChoiceField(
        label="実施方法",
        choices=[("direct", "直営"), ("contract", "委託"), ("subsidy", "補助")],
        widget=forms.RadioSelect,
        help_text="補助を選べるのは⑦と⑧だけです（要領2(4)）。",
    )
    stages = forms.MultipleChoiceField(
        label="対象のライフステージ",
        choices=[("child", "こども"), ("young", "若者"), ("old", "高齢者")],
        widget=forms.CheckboxSelectMultiple,
    )
    chart = UploadField(label="実施体制図", extensions=("pdf", "xlsx"))
    sure = forms.BooleanField(label="要点、上限、条件を確かめました。")


class _SampleRow(RowForm):
    item = forms.CharField(label="細目", max_length=40, widget=forms.TextInput())
    quantity = QuantityField(label="数量", unit="回", required=True)
    price = YenField(label="単価")


_SampleRows = row_formset(_SampleRow, title="積算内訳", extra=0)

_TYPED = {
    "title": "",
    "amount": "一千万",
    "ends_on": "R9.3.31",
    "contact": "𠮷田 髙子",
    "number": "府孤推第７号",
    "memo": "焦点のある状態",
    "method": "proposal",
    "mode": "contract",
}
_TYPED_ROWS = {
    "lines-TOTAL_FORMS": "3",
    "lines-INITIAL_FORMS": "0",
    "lines-0-item": "居場所の担当者 人件費",
    "lines-0-quantity": "10",
    "lines-0-price": "624,000",
    "lines-1-item": "会場使用料",
    "lines-1-quantity": "240",
    "lines-1-price": "6,000〜6,500",
    "lines-2-item": "消耗品費",
    "lines-2-quantity": "１０回",
    "lines-2-price": "60,000円",
}


def context() -> dict[str, Any]:
    form = _SampleForm(_TYPED, {})
    lines = _SampleRows(_TYPED_ROWS, prefix="lines")
    lines.is_valid()
    return {
        "sizes": _SIZES,
        "sample": form,
        "lines": lines,
        "chips": chips.all_chips(),
        "timeline": [
            {
                "what": "提出（第1版）",
                "when": "3月11日 16時20分",
                "who": "長野県 宮澤 誠一（決裁者）",
            },
            {"what": "審査中", "when": "4月2日", "who": "高橋 直人（審査担当）", "state": "now"},
            {"what": "決定", "when": "4月18日まで", "basis": "適正化法6条", "state": "ahead"},
        ],
        "stages": [
            ("下書き", "終わり", "done"),
            ("決裁", "終わり", "done"),
            ("提出", "いまここ", "current"),
            ("補正", "直す所あり", "error"),
            ("照会", "なし", "skipped"),
            ("決定", "これから", "ahead"),
        ],
        "budget": [(412_300, "a"), (14_055, "b")],
        "overspent": [(480_000, "a"), (160_000, "b")],
        "budget_total": 620_000,
        "budget_legend": [
            ("a", "決定済み 412,300千円"),
            ("b", "今回 14,055千円"),
            ("none", "残り"),
        ],
        "facts": [
            ("実施方法", "委託"),
            ("委託とする理由", "担当者の経費が約3割少ないため。", "効率的なため。"),
        ],
        "amounts": [
            ("予算額", "620,000"),
            ("今回の決定", "14,055"),
            Fact("決定後の残り", "193,645", is_total=True),
        ],
        "figures": [
            ("交付決定額（案）", "14,055,000", "円", "申請額と同じ"),
            ("総事業費", "28,531,400", "円", "昨年度 23,297,200円"),
        ],
        "here": reverse("ui:components"),
    }
