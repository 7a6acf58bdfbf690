"""What is typed about a month: a file, one record, a submission, and answers to a file's problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict

from grants.activities.api import ActivityType, Field, FieldKind, Value, read_field
from portal.core.actor import Actor
from portal.core.dates import screen_date
from portal.core.personal import find_personal
from portal.documents.api import EXTENSIONS
from portal.ui.api import LongTextField, PortalForm, ReadingField, ReasonField, UploadField

from .models import ActivityRecord, PeriodReport, RecordBatch
from .values import entered_fields

_WIDTHS = {
    FieldKind.COUNT: "input--num input--w6",
    FieldKind.DECIMAL: "input--num input--w6",
    FieldKind.PERCENT: "input--num input--w6",
    FieldKind.YEN: "input--num input--w12",
    FieldKind.DATE: "input--w12",
    FieldKind.LG_CODE: "input--w8",
}
_HELP = {
    FieldKind.DATE: "例：2026年8月1日、令和8年8月1日、R8.8.1",
    FieldKind.LG_CODE: "6桁の数字。例：132012",
}


def persons_in(text: str, *, is_long: bool = True) -> list[str]:
    """«電話番号「0263-00-1234」»: what looks like a person; a short text is only asked for numbers."""
    return [
        f"{one.kind}「{one.text}」"
        for one in find_personal(text)
        if is_long or one.kind == "電話番号"
    ]


class BatchForm(PortalForm):
    file = UploadField(label="活動実績のファイル", extensions=("xlsx", "csv"))


class RecordForm(PortalForm):
    """The fields of the activity's own form, each read as it would be from a file."""

    def __init__(self, *args: Any, report: PeriodReport, **kwargs: Any) -> None:
        self.report = report
        self.base_fields = {item.key: form_field(item) for item in entered_fields(report.activity)}
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, entry: ActivityRecord, data: Any = None) -> RecordForm:
        initial = {key: typed(value) for key, value in entry.row.items()}
        return cls(data, report=entry.report, version=entry.version, initial=initial)

    @property
    def activity(self) -> ActivityType:
        return self.report.activity

    def clean(self) -> dict[str, Any]:
        super().clean()
        for item in entered_fields(self.activity):
            value = self.cleaned_data.get(item.key)
            if isinstance(value, str):
                for one in persons_in(value, is_long=item.kind is FieldKind.LONG_TEXT)[:1]:
                    self.add_error(item.key, f"{item.label}の{one}を消してください。")
        self._check_month()
        for check, keys in self.activity.failures(self.row):
            self.add_error(keys[0], check.message)
        return self.cleaned_data

    def _check_month(self) -> None:
        first, last = self.report.period
        for item in entered_fields(self.activity):
            day = self.cleaned_data.get(item.key)
            if item.is_key and item.kind is FieldKind.DATE and day and not first <= day <= last:
                self.add_error(
                    item.key,
                    f"{item.label}は、{screen_date(first)}から{screen_date(last)}までの日付に"
                    "してください。",
                )

    @property
    def row(self) -> dict[str, Value]:
        known = {item.key for item in entered_fields(self.activity)}
        return {key: value for key, value in self.cleaned_data.items() if key in known}


def form_field(item: Field) -> forms.Field:
    if item.options:
        return forms.TypedChoiceField(
            label=item.label,
            choices=[("", "選んでください"), *((o, o) for o in item.options)],
            required=item.required,
            coerce=lambda text: read_field(item, text).value,
            empty_value=None,
            help_text=item.help,
        )
    is_long = item.kind is FieldKind.LONG_TEXT
    long_text = forms.Textarea(attrs={"rows": 3, "cols": False})
    made = ReadingField(
        label=item.label,
        reader=partial(read_field, item),
        required=item.required,
        help_text=item.help or _HELP.get(item.kind, ""),
        widget=long_text if is_long else forms.TextInput(attrs=_attributes(item)),
    )
    made.unit = item.unit
    return made


def _attributes(item: Field) -> dict[str, str]:
    found = {"class": _WIDTHS[item.kind]} if item.kind in _WIDTHS else {}
    if item.kind.is_number:
        found["inputmode"] = "numeric" if item.kind is FieldKind.COUNT else "decimal"
    return found


def typed(value: Value) -> str:
    """A stored value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


class _ReportForm(PortalForm):
    def __init__(self, *args: Any, subject: PeriodReport, actor: Actor, **kwargs: Any) -> None:
        self.subject, self.actor = subject, actor
        super().__init__(*args, **kwargs)


class SubmitForm(_ReportForm):
    """Without any record, that nothing was held must be said."""

    nothing_held = forms.BooleanField(label="この月は、活動を実施しませんでした。")
    remarks = LongTextField(
        label="月の概況",
        max_length=1000,
        rows=4,
        required=False,
        help_text="気付いたこと、計画との違いなど。個人の名前や電話番号は書かないでください。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject.records.exists():
            del self.fields["nothing_held"]
        self.fields["remarks"].initial = self.subject.remarks

    def clean_remarks(self) -> str:
        text: str = self.cleaned_data["remarks"]
        for one in persons_in(text)[:1]:
            raise forms.ValidationError(f"月の概況の{one}を消してください。")
        return text


class ConfirmForm(_ReportForm):
    note = LongTextField(
        label="所見",
        max_length=1000,
        rows=3,
        required=False,
        help_text="委託先も読むことができます。",
    )


class SendBackForm(_ReportForm):
    """The reason may be left to the lines that are marked."""

    reason = ReasonField(label="差し戻す理由", max_length=1000, required=False)

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if not reason and not self.subject.records.returned().exists():
            raise forms.ValidationError("差し戻す理由を入力してください。")
        return reason


class CorrectForm(_ReportForm):
    reason = ReasonField(label="訂正の理由", max_length=1000)


class EvidenceForm(PortalForm):
    file = UploadField(
        label="写真や参加簿",
        extensions=EXTENSIONS,
        help_text="写真は、撮影の場所と機器の情報を消してから保存します。"
        "個人の名前が分かる参加簿は、名前を消してから追加してください。",
    )


class LineReturnForm(PortalForm):
    reason = ReasonField(label="この行を差し戻す理由", max_length=500)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person typed on the result page, by cell, problem and row."""

    mends: dict[str, str] = field(default_factory=dict)
    confirmations: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)


_MOST_TYPED = 2_000


def read_answers(batch: RecordBatch, data: QueryDict) -> Answers:
    """Only of cells, problems and rows that the page showed; a text left as it was is no mend."""
    reading = batch.reading
    mends: dict[str, str] = {}
    cells: list[Mapping[str, Any]] = [
        *(problem for problem in reading["problems"] if problem["can_mend"]),
        *reading["mended"],
    ]
    for cell in cells:
        text = data.get(f"mend-{cell['cell']}", "").replace("\r\n", "\n").strip()[:_MOST_TYPED]
        if text and text != cell["original"].strip():
            mends[cell["cell"]] = text
    confirmations = {
        problem["id"]: data.get(f"why-{problem['id']}", "").strip()[:500]
        for problem in reading["problems"]
        if problem["level"] == "confirm" and data.get(f"ok-{problem['id']}")
    }
    decisions = {
        str(row["number"]): data.get(f"row-{row['number']}", "")
        for row in reading["rows"]
        if row["verdict"] == "changed" and data.get(f"row-{row['number']}") in ("old", "new")
    }
    return Answers(mends, confirmations, decisions)
