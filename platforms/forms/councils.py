"""A council, its bodies, and who has sworn secrecy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from portal.ui.api import JapaneseDateField, PersonNameField, RowForm, row_formset

from ..models import Council, CouncilBody
from ..services import CouncilFacts
from ..states import BodyKind
from .base import QuestioningForm, WordsField


class CouncilForm(QuestioningForm):
    name = forms.CharField(label="名称", max_length=200)
    joint_bodies = WordsField(
        label="共同で設置する団体",
        max_word=100,
        most=60,
        required=False,
        help_text="ほかの団体と設置するときに、1行に1団体（法15条）。",
    )
    established_on = JapaneseDateField(label="設置日")
    notice_on = JapaneseDateField(
        label="公示日", required=False, help_text="公示した後に、番号とともに入力してください。"
    )
    notice_number = forms.CharField(
        label="公示の番号", max_length=60, required=False, help_text="例：長野県告示第123号"
    )
    notice_method = forms.CharField(
        label="公示の方法", max_length=200, required=False, help_text="例：県公報、県のホームページ"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["established_on"].latest = timezone.localdate()

    @classmethod
    def starts_with(cls, council: Council) -> dict[str, Any]:
        return {name: getattr(council, name) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        day, number = values.get("notice_on"), values.get("notice_number")
        if day and not number:
            self.add_error(
                "notice_number", "公示の番号を入力してください。公示日とともに必要です。"
            )
        if number and not day and not self.has_error("notice_on"):
            self.add_error("notice_on", "公示日を入力してください。公示の番号とともに必要です。")
        return values

    def facts(self) -> CouncilFacts:
        return CouncilFacts(**{name: self.cleaned_data[name] for name in self.base_fields})


class BodyRow(RowForm):
    name = forms.CharField(label="構成機関等", max_length=200)
    kind = forms.ChoiceField(label="種別", choices=BodyKind.choices)
    is_coordinator = forms.BooleanField(label="調整機関", required=False)
    left_on = JapaneseDateField(label="抜けた日", required=False)


class OathRow(RowForm):
    body_id = forms.ChoiceField(label="構成機関等")
    person_name = PersonNameField(label="氏名", max_length=100)
    sworn_on = JapaneseDateField(label="誓約日")
    ended_on = JapaneseDateField(label="従事を終えた日", required=False)

    def __init__(self, *args: Any, bodies: Sequence[CouncilBody], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body_id"]
        assert isinstance(body, forms.ChoiceField)
        body.choices = [("", "選ぶ"), *((str(one.pk), one.name) for one in bodies)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        sworn, ended = values.get("sworn_on"), values.get("ended_on")
        if sworn and ended and ended < sworn:
            self.add_error(
                "ended_on", f"{self.place}の従事を終えた日は、誓約日以後にしてください。"
            )
        return values


BodyRows = row_formset(BodyRow, title="構成機関等", extra=0, most=200)
OathRows = row_formset(OathRow, title="誓約", extra=0, most=500)
