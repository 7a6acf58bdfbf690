from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from grants.guideline.api import clauses
from portal.core.actor import Actor
from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    PortalForm,
    ReasonField,
    UploadField,
    YenField,
)

from .models import Finding
from .rules import citation_reasons
from .states import Severity
from .taxonomy import choices

_CHOOSE = ("", "選んでください")
_MOST = 999_999_999_999
_FIELDS = ("code", "title", "text", "amount", "severity", "clause_number", "article")


def _clauses() -> list[tuple[str, str]]:
    return [("", "要領の条項ではない")] + [
        (number, f"{one.shown}　{one.subject}") for number, one in clauses().items()
    ]


class FindingForm(PortalForm):
    code = forms.ChoiceField(label="種類", choices=lambda: [_CHOOSE, *choices()])
    title = forms.CharField(label="件名", max_length=100)
    text = LongTextField(label="認めた事実", max_length=4000, rows=6)
    amount = YenField(
        label="金額",
        required=False,
        min_value=1,
        max_value=_MOST,
        help_text="経費の額。金額のない指摘（手続）は空のままにします。"
        "抽出から推計した額は書かないでください。",
    )
    severity = forms.ChoiceField(label="重大度", choices=Severity.choices, widget=forms.RadioSelect)
    clause_number = forms.ChoiceField(
        label="適合しない要領の条項", choices=_clauses, required=False
    )
    article = forms.CharField(
        label="適合しない法律・要綱・条件・契約の条",
        max_length=200,
        required=False,
        help_text="例：適正化法11条1項、委託契約9条。要領の条項と、少なくとも一方を示します。",
    )
    file = UploadField(label="証拠のファイル", extensions=EXTENSIONS, required=False)

    @classmethod
    def of(cls, finding: Finding, data: Any = None, files: Any = None) -> FindingForm:
        initial = {name: getattr(finding, name) for name in _FIELDS}
        return cls(data, files, version=finding.version, initial=initial)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        cited = (values.get("clause_number", ""), values.get("article", ""))
        for reason in citation_reasons(*cited):
            self.add_error("article", reason)
        return values


class CorrectionForm(PortalForm):
    plan = LongTextField(label="是正の計画", max_length=2000, rows=4, required=False)
    owner = forms.CharField(label="是正の担当", max_length=100, required=False)
    correction = LongTextField(label="行った是正", max_length=4000, rows=5, required=False)
    file = UploadField(label="是正の証拠", extensions=EXTENSIONS, required=False)

    @classmethod
    def of(cls, finding: Finding, data: Any = None, files: Any = None) -> CorrectionForm:
        initial = {name: getattr(finding, name) for name in ("plan", "owner", "correction")}
        return cls(data, files, version=finding.version, initial=initial)


class _SubjectForm(PortalForm):
    def __init__(self, *args: Any, subject: Finding, actor: Actor, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)

    def _start_at(self, name: str, days: int) -> None:
        today = timezone.localdate()
        self.fields[name].initial = today + timedelta(days=days)
        self.fields[name].earliest = today + timedelta(days=1)


class IssueForm(_SubjectForm):
    comment_due_on = JapaneseDateField(label="意見の期限")
    confirmed = forms.BooleanField(label="認めた事実、金額、適合しない規定を確かめました。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._start_at("comment_due_on", 14)


class CommentForm(_SubjectForm):
    comment = LongTextField(
        label="意見",
        max_length=4000,
        rows=6,
        help_text="意見がないときは、「意見なし」と書いてください。",
    )


class UpholdForm(_SubjectForm):
    reason = ReasonField(label="理由")
    due_on = JapaneseDateField(label="是正の期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._start_at("due_on", 30)


class ReasonForm(_SubjectForm):
    reason = ReasonField(label="理由")


class CloseForm(_SubjectForm):
    note = ReasonField(label="確認したこと")
