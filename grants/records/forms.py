"""What is typed about a month: a file, one record, a submission, and answers to a file's problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from grants.activities.api import ActivityType, Field, FieldKind, Value
from portal.core.actor import Actor
from portal.core.personal import named_in
from portal.core.text import Reading
from portal.documents.api import EXTENSIONS
from portal.spreadsheets.api import ReadContext, UploadRefusedError, read_cell
from portal.ui.api import (
    PortalForm,
    ReadingField,
    SearchedReasonField,
    SearchedTextField,
    SearchingForm,
    UploadField,
)

from .columns import NOT_READ
from .models import ActivityRecord, PeriodReport, RecordBatch
from .reading import Known, is_cleared_once, read_month, spread, typed_workbook
from .services import context_of, known_of
from .values import entered_fields, unpack

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


class BatchForm(PortalForm):
    file = UploadField(label="活動実績のファイル", extensions=("xlsx", "xls", "csv"))


class RecordForm(PortalForm):
    """The fields of the activity's own form. What is typed is read as a row of a file is read.

    `doubts` are values that are right only if the person says so, and why.
    """

    confirmed = forms.BooleanField(
        label="上の値を確かめました。このまま登録します。", required=False
    )
    why = forms.CharField(label="正しい理由", max_length=500, required=False)

    def __init__(self, *args: Any, report: PeriodReport, **kwargs: Any) -> None:
        self.report = report
        self.doubts: list[Mapping[str, Any]] = []
        self.reading: Mapping[str, Any] = {"rows": [], "problems": []}
        context = context_of(report)
        typed_fields = {
            item.key: form_field(item, report.activity, context)
            for item in entered_fields(report.activity)
        }
        self.base_fields = typed_fields | type(self).base_fields
        super().__init__(*args, **kwargs)
        for key, made in typed_fields.items():
            # The words of a file in which the cell is empty.
            said = f"{made.label}が空欄です。{made.label}を入力してください。"
            self.fields[key].error_messages["required"] = said

    @classmethod
    def of(cls, entry: ActivityRecord, data: Any = None) -> RecordForm:
        initial = {key: typed(value) for key, value in entry.row.items()}
        return cls(data, report=entry.report, version=entry.version, initial=initial)

    @property
    def activity(self) -> ActivityType:
        return self.report.activity

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[i.key] for i in entered_fields(self.activity) if not i.is_detail]

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        return [self[i.key] for i in entered_fields(self.activity) if i.is_detail]

    @property
    def shows_details(self) -> bool:
        """Unfolded where something stands in it already."""
        return any(bound.value() or bound.errors for bound in self.detail_fields)

    def clean(self) -> dict[str, Any]:
        super().clean()
        keys = [item.key for item in entered_fields(self.activity)]
        texts = {key: self.cleaned_data.get(key) or "" for key in keys}
        sheet = typed_workbook(self.activity, [texts])
        known = Known(past=known_of(self.report).past)
        try:
            self.reading = read_month(sheet, self.activity, context_of(self.report), known)
        except UploadRefusedError:
            if not self.errors:
                self.add_error(None, "実績の値を入力してください。")
        for problem in self.reading["problems"]:
            self._judge(problem)
        for one in named_in(self.cleaned_data.get("why", ""))[:1]:
            self.add_error("why", f"理由の{one}を消してください。")
        return self.cleaned_data

    def _judge(self, problem: Mapping[str, Any]) -> None:
        key = problem["key"] if problem["key"] in self.fields else None
        if problem["level"] == "confirm":
            self.doubts.append(problem)
            if self.cleaned_data.get("confirmed") and self.cleaned_data.get("why"):
                return
        if key is None or key not in self.errors:
            said, label = f"{problem['reason']}{problem['fix']}", problem["field"]
            self.add_error(key, said if label in said else f"{label}：{said}")

    @property
    def row(self) -> dict[str, Value]:
        return unpack(self.activity, self.reading["rows"][0]["values"])

    @property
    def approximate(self) -> list[str]:
        found: list[str] = self.reading["rows"][0]["approximate"]
        return found

    @property
    def cleared(self) -> list[str]:
        """Names of places and the like that looked like a person and are none."""
        return [one["original"].strip() for one in self.doubts if is_cleared_once(one)]

    @property
    def reason(self) -> str:
        """Why the doubtful is right; empty where nothing was."""
        return self.cleaned_data["why"] if self.doubts else ""


def form_field(item: Field, activity: ActivityType, context: ReadContext) -> forms.Field:
    """Its value is the text as typed; what is made of it is said below the box."""
    if item.options:
        return forms.ChoiceField(
            label=item.label,
            choices=[("", "選んでください"), *((o, o) for o in item.options)],
            required=item.required,
            help_text=item.help,
        )
    column = activity.record_spec.by_key[item.key]

    def read(text: str) -> Reading[str]:
        steps = read_cell(text, column, context).steps if text.strip() else ()
        return Reading(text, text, tuple(step.label for step in steps))

    is_long = item.kind is FieldKind.LONG_TEXT
    long_text = forms.Textarea(attrs={"rows": 3, "cols": False})
    made = ReadingField(
        label=item.label,
        reader=read,
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


class _ReportForm(SearchingForm):
    def __init__(self, *args: Any, subject: PeriodReport, actor: Actor, **kwargs: Any) -> None:
        self.subject, self.actor = subject, actor
        super().__init__(*args, **kwargs)


class SubmitForm(_ReportForm):
    """Without any record, that nothing was held must be said."""

    nothing_held = forms.BooleanField(label="この月は、活動を実施しませんでした。")
    remarks = SearchedTextField(
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


class ConfirmForm(_ReportForm):
    note = SearchedTextField(
        label="所見",
        max_length=1000,
        rows=3,
        required=False,
        help_text="委託先も読むことができます。",
    )


class SendBackForm(_ReportForm):
    """The reason may be left to the lines that are marked."""

    reason = SearchedReasonField(label="差し戻す理由", max_length=1000, required=False)

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if not reason and not self.subject.records.returned().exists():
            raise forms.ValidationError("差し戻す理由を入力してください。")
        return reason


class CorrectForm(_ReportForm):
    reason = SearchedReasonField(label="訂正の理由", max_length=1000)


class EvidenceForm(PortalForm):
    file = UploadField(
        label="写真や参加簿",
        extensions=EXTENSIONS,
        help_text="写真は、撮影の場所と機器の情報を消してから保存します。"
        "個人の名前が分かる参加簿は、名前を消してから追加してください。",
    )


class LineReturnForm(SearchingForm):
    reason = SearchedReasonField(label="この行を差し戻す理由", max_length=500)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person typed on the result page, by cell, problem, row and name of a column."""

    mends: dict[str, str] = field(default_factory=dict)
    confirmations: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


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
    mends = spread(reading, mends)
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
    return Answers(mends, confirmations, decisions, _columns(batch, data))


NOT_READ_CHOICE = "-"


def _columns(batch: RecordBatch, data: QueryDict) -> dict[str, str]:
    """Only names that the page showed, and fields that the file does not name yet."""
    chosen = dict(batch.columns)
    left = {column["key"] for column in batch.reading.get("columns_left", ())}
    for one in batch.reading.get("headers", ()):
        said = data.get(f"column-{one['place']}", "")
        key = NOT_READ if said == NOT_READ_CHOICE else said
        if said and key != one["choice"] and (key == NOT_READ or key in left):
            chosen[one["text"]] = key
    return chosen
