"""A body that takes part, a list of them, and what those that sign in are asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from portal.core.identifiers import read_corporate_number
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PersonNameField,
    PortalForm,
    ReadingField,
    UploadField,
)

from ..models import Member
from ..services import MemberFacts
from ..states import BodyKind, Field, LifeStage, Side
from .base import QuestioningForm, WordsField


class MemberForm(QuestioningForm):
    # A form's own `fields` are its fields.
    kept_as = {"fields_served": "fields"}
    name = forms.CharField(label="団体名", max_length=200)
    corporate_number = ReadingField(
        label="法人番号",
        required=False,
        reader=read_corporate_number,
        help_text="13桁の数字。ない団体は空欄にしてください。",
    )
    side = forms.ChoiceField(label="官・民", choices=Side.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="団体の種別", choices=[("", "選ばない"), *BodyKind.choices], required=False
    )
    fields_served = forms.MultipleChoiceField(
        label="分野",
        choices=Field.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="要領4(1)②",
    )
    field = forms.CharField(
        label="活動の内容", max_length=100, required=False, help_text="例：空き店舗を使った居場所"
    )
    life_stages = forms.MultipleChoiceField(
        label="対象のライフステージ",
        choices=LifeStage.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="要領4(1)②。団体が支える人の年代を選んでください。",
    )
    areas = WordsField(
        label="活動する区域",
        max_word=40,
        most=100,
        required=False,
        help_text="プラットフォームの区域の言葉で、1行に1つ。",
    )
    has_venue = forms.BooleanField(label="居場所を開いている", required=False)
    representative = PersonNameField(label="代表者", max_length=100, required=False)
    contact_name = PersonNameField(
        label="連絡担当者", max_length=100, required=False, help_text="都道府県の職員だけが見ます。"
    )
    contact_email = forms.EmailField(
        label="連絡先メールアドレス", required=False, help_text="会議の通知を送ります。"
    )
    contact_phone = forms.CharField(label="連絡先電話番号", max_length=30, required=False)
    joined_on = JapaneseDateField(label="参画日")

    @classmethod
    def starts_with(cls, member: Member) -> dict[str, Any]:
        return {name: getattr(member, cls.stored(name)) for name in cls.base_fields}

    def facts(self) -> MemberFacts:
        values = {self.stored(name): self.cleaned_data[name] for name in self.base_fields}
        values["corporate_number"] = values["corporate_number"] or ""
        return MemberFacts(**values)


class MemberEndForm(PortalForm):
    left_on = JapaneseDateField(label="退会日")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_on"].earliest = member.joined_on


class ListForm(PortalForm):
    file = UploadField(label="名簿のファイル", extensions=("xlsx", "csv"))
    side = forms.ChoiceField(
        label="官・民の欄がないとき",
        choices=Side.choices,
        widget=forms.RadioSelect,
        initial=Side.PRIVATE,
        help_text="名簿に書いてあるときは、その値を使います。",
    )
    joined_on = JapaneseDateField(
        label="参画日の欄がないとき", help_text="名簿に書いてあるときは、その日を使います。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"joined_on": timezone.localdate(), "side": Side.PRIVATE})
        super().__init__(*args, **kwargs)


def _any(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", "すべて"), *choices]


class MemberFilterForm(PortalForm):
    """What narrows the list; it is read from the address by `filters`."""

    words = forms.CharField(label="団体名・法人番号", max_length=100, required=False)
    side = forms.ChoiceField(label="官・民", choices=_any(Side.choices), required=False)
    kind = forms.ChoiceField(label="種別", choices=_any(BodyKind.choices), required=False)
    field = forms.ChoiceField(label="分野", choices=_any(Field.choices), required=False)
    stage = forms.ChoiceField(
        label="ライフステージ", choices=_any(LifeStage.choices), required=False
    )
    area = forms.ChoiceField(label="区域", required=False)
    left = forms.ChoiceField(
        label="参画", choices=[("", "参画中"), ("1", "参画を終えた")], required=False
    )

    def __init__(self, *args: Any, areas: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = _any((one, one) for one in areas)


class AccountForm(PortalForm):
    name = PersonNameField(label="氏名", max_length=100)
    email = forms.EmailField(label="メールアドレス", help_text="招待のメールを送ります。")


class ProposalForm(QuestioningForm):
    title = forms.CharField(label="議題", max_length=200)
    reason = LongTextField(
        label="提案の理由",
        max_length=1000,
        rows=5,
        help_text="個人の相談の内容や氏名は書かないでください。",
    )
