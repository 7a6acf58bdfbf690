from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.dates import JST, deadline_phrase
from portal.documents.api import EXTENSIONS
from portal.ui.api import JapaneseDateField, LongTextField, PortalForm, ReasonField, UploadField

from .models import Inquiry, Reply

_HOURS = [(str(hour), f"{hour}時") for hour in range(8, 21)]


def _moment(values: dict[str, Any]) -> datetime:
    return datetime.combine(values["due_on"], time(int(values["due_hour"])), tzinfo=JST)


class InquiryForm(PortalForm):
    """To one, some or all; due at an hour of a day, today included."""

    title = forms.CharField(label="件名", max_length=100)
    text = LongTextField(label="照会する内容", max_length=4000, rows=8)
    due_on = JapaneseDateField(label="回答の期限の日")
    due_hour = forms.ChoiceField(label="回答の期限の時刻", choices=_HOURS, initial="17")
    everyone = forms.BooleanField(label="47都道府県のすべてに照会する。", required=False)
    grantees = forms.ModelMultipleChoiceField(
        label="照会先",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="すべてに照会するときは、選ばなくてかまいません。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grantees"].queryset = Organisation.objects.prefectures()

    @classmethod
    def of(cls, inquiry: Inquiry, data: Any = None) -> InquiryForm:
        due = timezone.localtime(inquiry.due_at)
        return cls(
            data,
            version=inquiry.version,
            initial={
                "title": inquiry.title,
                "text": inquiry.text,
                "due_on": due.date(),
                "due_hour": str(due.hour),
                "grantees": list(inquiry.grantees.values_list("pk", flat=True)),
            },
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("everyone") and not values.get("grantees"):
            self.add_error("grantees", "照会先を1つ以上選んでください。")
        if values.get("due_on") and values.get("due_hour") and self.due_at() <= timezone.now():
            self.add_error("due_on", "回答の期限は、これから先の日時にしてください。")
        return values

    def due_at(self) -> datetime:
        return _moment(self.cleaned_data)

    def bodies(self) -> Any:
        if self.cleaned_data["everyone"]:
            return self.fields["grantees"].queryset
        return self.cleaned_data["grantees"]


class ProlongForm(PortalForm):
    """A later moment for all who were asked."""

    due_on = JapaneseDateField(label="新しい期限の日")
    due_hour = forms.ChoiceField(label="新しい期限の時刻", choices=_HOURS, initial="17")
    reason = ReasonField(label="延ばす理由")

    def __init__(self, *args: Any, subject: Inquiry, actor: Actor, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("due_on") and values.get("due_hour"):
            values["due_at"] = _moment(values)
            if values["due_at"] <= max(self.subject.due_at, timezone.now()):
                before = deadline_phrase(self.subject.due_at)
                self.add_error(
                    "due_on", f"いまの期限（{before}）より後の、先の日時にしてください。"
                )
        return values


class _ReplyForm(PortalForm):
    def __init__(self, *args: Any, subject: Reply, actor: Actor, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)


class AnswerForm(_ReplyForm):
    text = LongTextField(label="回答", max_length=4000, rows=8)
    file = UploadField(label="添付するファイル", extensions=EXTENSIONS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = self.subject.text


class SendBackForm(_ReplyForm):
    reason = ReasonField(label="差し戻す理由")
