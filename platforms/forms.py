"""Registering by hand. What looks like a telephone number in free text is asked about first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.core.identifiers import read_corporate_number
from portal.core.text import find_phone_numbers
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PortalForm,
    QuantityField,
    ReadingField,
    RowForm,
    RowFormSet,
    row_formset,
)

from .models import Meeting, Member, Platform
from .services import AgendaFacts, MeetingFacts, MemberFacts, PlatformFacts
from .states import LifeStage, PlatformForm, Side

_FREE_TEXT = frozenset(
    "name existing_body secretariat field note title proposed_by agreement".split()
)


class QuestioningForm(PortalForm):
    """Case data has no place here: a number is kept only after the writer has looked at it.

    The whole post is searched, so a form asks for the rows below it too. `kept_numbers` is a field
    of the form only while there is something to ask.
    """

    has_request_key = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = self._numbers()
        if self.numbers:
            self.fields["kept_numbers"] = forms.MultipleChoiceField(
                label="残す番号",
                choices=[(number, f"{number}は団体の番号なので残す") for number in self.numbers],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _numbers(self) -> tuple[str, ...]:
        if not self.is_bound:
            return ()
        texts = (self.data[name] for name in self.data if name.rpartition("-")[2] in _FREE_TEXT)
        return tuple(dict.fromkeys(n for text in texts for n in find_phone_numbers(str(text))))

    def clean_kept_numbers(self) -> list[str]:
        kept: list[str] = self.cleaned_data["kept_numbers"]
        left = [number for number in self.numbers if number not in kept]
        if left:
            raise forms.ValidationError(
                f"電話番号のような数字（{'、'.join(left)}）があります。個人の番号なら消してください。"
                "団体の番号として残すときは、印を付けてください。"
            )
        return kept


class PlatformRegisterForm(QuestioningForm):
    name = forms.CharField(label="名称", max_length=200)
    form = forms.ChoiceField(
        label="設置の形",
        choices=PlatformForm.choices,
        widget=forms.RadioSelect,
        help_text="要領4(1)③",
    )
    existing_body = forms.CharField(
        label="使う会議体",
        max_length=200,
        required=False,
        help_text="新設でないときに、機能を追加する又は組み込む会議体の名称。",
    )
    established_on = JapaneseDateField(label="設置日", required=False)
    planned_on = JapaneseDateField(
        label="設置予定日",
        required=False,
        help_text="まだ設置していないときに入力してください。例：令和8年10月1日",
    )
    secretariat = forms.CharField(
        label="事務局", max_length=200, required=False, help_text="例：地域福祉課"
    )

    @classmethod
    def starts_with(cls, platform: Platform) -> dict[str, Any]:
        return {name: getattr(platform, name) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("form") == PlatformForm.NEW:
            values["existing_body"] = ""
        elif values.get("form") and not values.get("existing_body"):
            self.add_error(
                "existing_body",
                "使う会議体の名称を入力してください。新設でないときに必要です（要領4(1)③）。",
            )
        self._check_days(values)
        return values

    def _check_days(self, values: dict[str, Any]) -> None:
        if self.has_error("established_on") or self.has_error("planned_on"):
            return
        established, planned = values.get("established_on"), values.get("planned_on")
        if established is None and planned is None:
            self.add_error("established_on", "設置日か設置予定日のどちらかを入力してください。")
        elif established is not None and established > timezone.localdate():
            self.add_error(
                "established_on",
                "設置日は、今日までの日付にしてください。先の日付は設置予定日に入力してください。",
            )

    def facts(self) -> PlatformFacts:
        return PlatformFacts(**{name: self.cleaned_data[name] for name in self.base_fields})


class MemberForm(QuestioningForm):
    name = forms.CharField(label="団体名", max_length=200)
    corporate_number = ReadingField(
        label="法人番号",
        required=False,
        reader=read_corporate_number,
        help_text="13桁の数字。ない団体は空欄にしてください。",
    )
    side = forms.ChoiceField(label="官・民", choices=Side.choices, widget=forms.RadioSelect)
    field = forms.CharField(
        label="分野", max_length=100, required=False, help_text="例：地域福祉、若者支援、居場所"
    )
    life_stages = forms.MultipleChoiceField(
        label="対象のライフステージ",
        choices=LifeStage.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="要領4(1)②。団体が支える人の年代を選んでください。",
    )
    joined_on = JapaneseDateField(label="参画日")

    @classmethod
    def starts_with(cls, member: Member) -> dict[str, Any]:
        return {name: getattr(member, name) for name in cls.base_fields}

    def facts(self) -> MemberFacts:
        values = {name: self.cleaned_data[name] for name in self.base_fields}
        values["corporate_number"] = values["corporate_number"] or ""
        return MemberFacts(**values)


class MemberEndForm(PortalForm):
    left_on = JapaneseDateField(label="退会日")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_on"].earliest = member.joined_on  # type: ignore[attr-defined]


class MeetingForm(QuestioningForm):
    number = QuantityField(label="回", unit="回", min_value=1, max_value=999)
    held_on = JapaneseDateField(label="開催日")
    attendance_public = QuantityField(label="出席（行政）", unit="人", max_value=9999)
    attendance_private = QuantityField(label="出席（民間）", unit="人", max_value=9999)
    chair_side = forms.ChoiceField(
        label="座長", choices=Side.choices, widget=forms.RadioSelect, help_text="要領4(1)①"
    )
    note = LongTextField(
        label="議事の要旨",
        max_length=2000,
        rows=5,
        required=False,
        help_text="個人の相談の内容や氏名は書かないでください。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].latest = timezone.localdate()  # type: ignore[attr-defined]

    @classmethod
    def starts_with(cls, meeting: Meeting) -> dict[str, Any]:
        return {name: getattr(meeting, name) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        people = values.get("attendance_public"), values.get("attendance_private")
        if None not in people and not any(people):
            self.add_error("attendance_public", "出席した人数を、行政か民間に入力してください。")
        return values

    def facts(self) -> MeetingFacts:
        return MeetingFacts(**{name: self.cleaned_data[name] for name in self.base_fields})


class AgendaRow(RowForm):
    title = forms.CharField(label="議題", max_length=200)
    proposed_by = forms.CharField(label="提案した団体", max_length=200, required=False)
    proposer_side = forms.ChoiceField(
        label="提案者の官・民", choices=[("", "―"), *Side.choices], required=False
    )
    agreement = LongTextField(
        label="合意したこと", max_length=1000, rows=2, counter=False, required=False
    )


AgendaRows = row_formset(AgendaRow, title="議題", extra=0, least=1, most=50)


def agenda_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The stored items as the rows of the page."""
    return [
        {
            "uid": item.pk,
            "title": item.title,
            "proposed_by": item.proposed_by,
            "proposer_side": item.proposer_side,
            "agreement": item.agreement,
        }
        for item in meeting.agenda_items.order_by("order")
    ]


def agenda_facts(rows: RowFormSet) -> list[AgendaFacts]:
    """What was typed, in the order of the page; call after is_valid()."""
    return [AgendaFacts(**values) for values in rows.filled]
