"""The platform itself, its 分科会, and the way to one that is planned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PortalForm,
    RowForm,
    UploadField,
    row_formset,
)

from ..models import Platform
from ..services import PlatformFacts
from ..states import PlatformForm
from .base import QuestioningForm, WordsField


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
    joint_bodies = WordsField(
        label="共同で設置する団体",
        max_word=100,
        most=60,
        required=False,
        help_text="ほかの団体と設置するときに、1行に1団体。例：○○市",
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
    contact = forms.CharField(
        label="事務局の連絡先",
        max_length=200,
        required=False,
        help_text="代表の電話番号やメールアドレス。個人の連絡先は書かないでください。",
    )
    areas = WordsField(
        label="区域",
        max_word=40,
        most=100,
        required=False,
        help_text="居場所の有無を見る区分。1行に1つ。例：北信、東信、中信、南信",
    )
    practice = LongTextField(
        label="特色ある取組",
        max_length=1000,
        rows=4,
        required=False,
        help_text="ほかの都道府県の参考になること。だれに見せるかは「公開の範囲」で選びます。",
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


class RulesForm(PortalForm):
    file = UploadField(label="規約", extensions=EXTENSIONS)


class VersionForm(QuestioningForm):
    """What stands above a table of rows that is saved as a whole."""


class GroupRow(RowForm):
    name = forms.CharField(label="分科会", max_length=100)
    purpose = forms.CharField(label="検討すること", max_length=300, required=False)
    started_on = JapaneseDateField(label="設置日", required=False)
    ended_on = JapaneseDateField(label="終了日", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("started_on"), values.get("ended_on")
        if start and end and end < start:
            self.add_error("ended_on", f"{self.place}の終了日は、設置日以後にしてください。")
        return values


class MilestoneRow(RowForm):
    title = forms.CharField(label="すること", max_length=200)
    due_on = JapaneseDateField(label="予定日")
    done_on = JapaneseDateField(label="済んだ日", required=False)


GroupRows = row_formset(GroupRow, title="分科会", extra=0, most=30)
MilestoneRows = row_formset(MilestoneRow, title="工程", extra=0, most=30)
