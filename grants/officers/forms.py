"""What is typed about officers and about the inquiry on them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from grants.programmes.api import newest_programme
from portal.core.text import Reading
from portal.ui.api import (
    JapaneseDateField,
    PersonNameField,
    PortalForm,
    ReadingField,
    ReasonField,
    RowForm,
    row_formset,
)

from .rules import Officer
from .states import Outcome, Purpose, Sex

_KANA = re.compile(r"[ぁ-ゖァ-ヶーｦ-ﾟ]+[ 　][ぁ-ゖァ-ヶーｦ-ﾟ]+")


def _read_kana(text: str) -> Reading[str]:
    if _KANA.fullmatch(text.strip()):
        return Reading(text.strip(), text)
    return Reading(None, text, problem="姓と名の間を1文字空けて、かなで入力してください。")


class OfficerRow(RowForm):
    kana = ReadingField(label="氏名カナ", reader=_read_kana)
    name = PersonNameField(label="氏名漢字", max_length=100)
    born_on = JapaneseDateField(label="生年月日", earliest=date(1912, 7, 30), help_text="")
    sex = forms.ChoiceField(label="性別", choices=[("", "選ぶ"), *Sex.choices])
    address = forms.CharField(label="住所", max_length=300)
    title = forms.CharField(label="役職名", max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["born_on"].latest = timezone.localdate()


OfficerRows = row_formset(OfficerRow, title="役員等", extra=3, least=1, most=100)


def officers_of(rows: Any) -> list[Officer]:
    names = ("kana", "name", "born_on", "sex", "address", "title")
    return [Officer(**{name: values[name] for name in names}) for values in rows.filled]


class ListForm(PortalForm):
    collected_on = JapaneseDateField(label="団体から受け取った日")
    destroy_on = JapaneseDateField(
        label="廃棄する日", help_text="この日に、名簿の内容を自動で消します。例：2027年3月31日"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        programme = newest_programme()
        longest = programme.terms().officers_keep_days if programme is not None else 0
        self.fields["collected_on"].latest = today
        self.fields["destroy_on"].earliest = today + timedelta(days=1)
        self.fields["destroy_on"].latest = today + timedelta(days=longest)
        self.fields["destroy_on"].initial = today + timedelta(days=longest)


class OpenForm(PortalForm):
    purpose = forms.ChoiceField(label="開く目的", choices=Purpose.choices, widget=forms.RadioSelect)


class AnswerForm(PortalForm):
    asked_on = JapaneseDateField(label="照会日")
    answered_on = JapaneseDateField(label="回答日", required=False)
    outcome = forms.ChoiceField(label="結果", choices=Outcome.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("asked_on", "answered_on"):
            self.fields[name].latest = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        asked, answered = values.get("asked_on"), values.get("answered_on")
        is_waiting = values.get("outcome") == Outcome.WAITING
        if values.get("outcome") and is_waiting and answered:
            self.add_error("answered_on", "照会中のときは、回答日を空欄にしてください。")
        if values.get("outcome") and not is_waiting and not answered:
            self.add_error("answered_on", "回答日を入力してください。結果とともに必要です。")
        if asked and answered and answered < asked:
            self.add_error("answered_on", "回答日は、照会日以後にしてください。")
        return values


class DestroyForm(PortalForm):
    reason = ReasonField(label="廃棄の理由")
