from __future__ import annotations

from typing import Any

from django import forms

from portal.core.actor import Actor
from portal.ui.api import DocumentNumberField, JapaneseDateField, PortalForm, ReasonField

from .models import Disposal
from .states import Measure


class ProposeForm(PortalForm):
    measure = forms.ChoiceField(
        label="満了時措置", choices=Measure.choices, widget=forms.RadioSelect
    )
    destination = forms.CharField(
        label="移管先",
        max_length=100,
        required=False,
        help_text="移管のときに入力します。例：国立公文書館",
    )
    extend_until = JapaneseDateField(
        label="延長後の満了日", required=False, help_text="延長のときに入力します。"
    )
    reason = ReasonField(label="理由", max_length=2000)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        measure = values.get("measure")
        if measure == Measure.TRANSFER and not values.get("destination"):
            self.add_error("destination", "移管先を入力してください。")
        if measure == Measure.EXTEND and not values.get("extend_until"):
            self.add_error("extend_until", "延長後の満了日を入力してください。")
        if measure != Measure.EXTEND:
            values["extend_until"] = None
        if measure != Measure.TRANSFER:
            values["destination"] = ""
        return values


class _SubjectForm(PortalForm):
    def __init__(self, *args: Any, subject: Disposal, actor: Actor, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)


class ApproveForm(_SubjectForm):
    consent = DocumentNumberField(
        label="廃棄の同意、移管の文書番号",
        help_text="内閣総理大臣の同意の文書の番号（公文書管理法8条2項）。",
    )
    confirmed = forms.BooleanField(label="満了日の計算と、消えるものを確かめました。")


class RejectForm(_SubjectForm):
    reason = ReasonField(label="理由")
