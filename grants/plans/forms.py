"""The sections of a plan as forms. Nothing is required while drafting: the checklist says what lacks.

Labels come from the model, so that a field has one name everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model

from grants.programmes.api import Terms
from platforms.api import AgendaItem, Platform, PlatformForm
from portal.core.money import format_number
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    QuantityField,
    RowForm,
    YenField,
    row_formset,
)

from .models import (
    MAX_YEN,
    BudgetLine,
    Income,
    PlannedActivity,
    PlannedIndicator,
    PlanRevision,
)
from .states import BudgetMeasure, Delivery, OtherFunding, Tax

# What a fresh row says before anybody typed into it.
_MARKS = ("uid", "DELETE", "is_eligible", "tax")

_MAX_PRICE = 99_999_999_999


def _label(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column, never a relation


class DraftForm(PortalForm):
    """`needed` marks fields 必須 on the page although an empty one is kept without complaint."""

    needed: tuple[str, ...] = ()
    model: type[Model] = PlanRevision

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for name, field in self.base_fields.items():
            field.label = field.label or _label(self.model, name)
            field.required = False
        super().__init__(*args, **kwargs)
        for name in self.needed:
            self.fields[name].is_needed = True

    def readable(self) -> dict[str, Any]:
        """Values that could be read; call after is_valid(), whatever it said."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}


class BasicsForm(DraftForm):
    needed = (
        "applicant_title",
        "applicant_name",
        "starts_on",
        "completes_on",
        "contact_department",
        "contact_name",
        "contact_phone",
    )
    applicant_title = forms.CharField(max_length=100, help_text="例：長野県知事")
    applicant_name = PersonNameField(max_length=100)
    starts_on = JapaneseDateField()
    completes_on = JapaneseDateField()
    contact_department = forms.CharField(max_length=100)
    contact_name = PersonNameField(max_length=100)
    contact_phone = forms.CharField(max_length=30, help_text="例：026-235-0000")


class VisionForm(DraftForm):
    needed = ("issues", "vision")
    issues = LongTextField(
        max_length=2000, rows=6, help_text="県内の孤独・孤立の状況と、いま足りないこと。"
    )
    vision = LongTextField(
        max_length=2000, rows=6, help_text="数年後に、だれがどうなっている姿を目指すか。"
    )
    vision_measure = LongTextField(
        max_length=1000, rows=3, help_text="調査の値、居場所の数など。まだないときは、決める予定。"
    )


class DiscussionsMixin:
    """Agenda items of the body's own platforms, newest meeting first."""

    fields: dict[str, forms.Field]

    def offer(self, name: str, items: list[AgendaItem]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(item.pk), _item_label(item)) for item in items]


def _item_label(item: AgendaItem) -> str:
    day = item.meeting.held_on
    meeting = f"第{item.meeting.number}回会議（{day.year}年{day.month}月{day.day}日）"
    agreed = "合意あり" if item.agreement else "合意の記録なし"
    return f"{meeting}議題{item.order}「{item.title}」（{agreed}）"


class PlatformPartForm(DiscussionsMixin, DraftForm):
    needed = ("platform_name", "platform_form", "platform_content")
    platform = forms.ChoiceField(
        label="登録したプラットフォーム",
        help_text="選んで保存すると、空欄の名称、設置の形、使う会議体、参画団体を登録から写します。",
    )
    platform_name = forms.CharField(max_length=200)
    platform_form = forms.ChoiceField(
        choices=PlatformForm.choices, widget=forms.RadioSelect, help_text="要領4(1)③"
    )
    platform_existing_body = forms.CharField(
        max_length=200, help_text="新設でないときに、機能を追加する又は組み込む会議体の名称。"
    )
    platform_members = QuantityField(unit="団体")
    platform_private_members = QuantityField(unit="団体")
    platform_content = LongTextField(
        max_length=2000,
        rows=5,
        help_text="だれが参画し、どのように連携と協働を進めるか（要領3(1)）。",
    )
    platform_discussions = forms.MultipleChoiceField(
        label="議論した会議と議題",
        widget=forms.CheckboxSelectMultiple,
        help_text="参画する関係機関等と議論した議題（要領4(2)）。",
    )

    def offer_platforms(self, platforms: list[Platform]) -> None:
        field = self.fields["platform"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "選ばない"), *((str(one.pk), one.name) for one in platforms)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        members, private = values.get("platform_members"), values.get("platform_private_members")
        if members is not None and private is not None and private > members:
            self.add_error(
                "platform_private_members",
                f"うち民間は、参画団体（{members}団体）以下にしてください。",
            )
        return values


class ActivityForm(DiscussionsMixin, DraftForm):
    model = PlannedActivity
    needed = ("name", "content")
    name = forms.CharField(max_length=100)
    content = LongTextField(
        max_length=600,
        rows=5,
        help_text="誰の、どのような孤独・孤立に、何をするかを書いてください。",
    )
    vision_link = LongTextField(
        max_length=400, rows=3, help_text="この取組が、目指す姿のどこに役立つか（要領3(2)）。"
    )
    contract_reason = LongTextField(
        max_length=400,
        rows=3,
        help_text="委託の行があるときに、直接行う場合と比べて、委託が必要で、"
        "合理的・効果的である点（要領2(2)）。",
    )
    discussions = forms.MultipleChoiceField(
        label="結び付くプラットフォームの議論",
        widget=forms.CheckboxSelectMultiple,
        help_text="参画する関係機関等と議論した議題（要領3(2)・4(2)）。",
    )
    coming_meeting_on = JapaneseDateField(
        help_text="まだ会議を開いていないときに入力してください。例：令和8年7月10日"
    )


class _DraftRow(RowForm):
    """A row of a draft: what cannot be read is kept as typed and said; nothing is required."""

    model: type[Model] = BudgetLine

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for name, field in self.base_fields.items():
            if name != "uid":
                field.label = field.label or _label(self.model, name)
                field.required = False
        super().__init__(*args, **kwargs)

    def readable(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data.get(name)
            for name in self.fields
            if name not in ("uid", "DELETE")
        }


class IndicatorRow(_DraftRow):
    model = PlannedIndicator
    code = forms.CharField(widget=forms.HiddenInput)
    label = forms.CharField(max_length=100)
    target = QuantityField(places=1)
    unit = forms.CharField(max_length=20)
    basis = forms.CharField(max_length=200)


def line_amount(quantity: Decimal | int | None, unit_price: int | None) -> int | None:
    """Yen, rounded down; None while one of the two is missing."""
    return None if quantity is None or unit_price is None else int(quantity * unit_price)


def shown_amount(amount: int | None) -> str:
    return "—" if amount is None else format_number(amount)


LINE_TEXTS = (
    *("category_code", "item", "basis", "delivery", "unit"),
    *("tax", "other_funding", "other_funding_name"),
)


class LineRow(_DraftRow):
    category_code = forms.ChoiceField()
    item = forms.CharField(max_length=100)
    basis = forms.CharField(max_length=200)
    delivery = forms.ChoiceField(choices=[("", "―"), *Delivery.choices])
    quantity = QuantityField(places=3)
    unit = forms.CharField(max_length=20)
    unit_price = YenField(max_value=_MAX_PRICE)
    tax = forms.ChoiceField(choices=Tax.choices, initial=Tax.INCLUDED)
    is_eligible = forms.BooleanField(initial=True, label="対象")
    other_funding = forms.ChoiceField(choices=[("", "―"), *OtherFunding.choices])
    other_funding_name = forms.CharField(max_length=100)

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category_code"]
        field.choices = [("", "―"), *((c.code, f"{c.code} {c.name}") for c in terms.categories)]

    @classmethod
    def derive(cls, values: Mapping[str, Any]) -> dict[str, str]:
        return {
            "amount": shown_amount(line_amount(values.get("quantity"), values.get("unit_price")))
        }

    def has_changed(self) -> bool:
        """A row of which only the marks say something, as a fresh one does, is an empty row."""
        return any(name not in _MARKS for name in self.changed_data)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        quantity, price = values.get("quantity"), values.get("unit_price")
        if quantity is not None and price is not None and quantity * price > MAX_YEN:
            self.add_error("unit_price", "金額が大きすぎます。数量か単価を確かめてください。")
        return values


class IncomeRow(_DraftRow):
    model = Income
    label = forms.CharField(max_length=100)
    amount = YenField(max_value=_MAX_PRICE)


class BudgetMeasureForm(DraftForm):
    needed = ("budget_measure",)
    budget_measure = forms.ChoiceField(
        choices=BudgetMeasure.choices,
        widget=forms.RadioSelect,
        help_text="都道府県の負担分の予算。議決の前のときは、必要な資料を議決の後に提出できます。",
    )
    budget_vote_on = JapaneseDateField(
        help_text="未議決のときに入力してください。例：令和8年6月25日"
    )


IndicatorRows = row_formset(IndicatorRow, title="指標", extra=1, most=40)
LineRows = row_formset(LineRow, title="積算内訳", extra=1, most=300)
IncomeRows = row_formset(IncomeRow, title="収入", extra=1, most=40)
