from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from grants.awards.api import NumberedForm
from grants.programmes.api import Programme
from portal.accounts.api import Organisation
from portal.core.actor import Actor
from portal.core.dates import day_with_weekday
from portal.documents.api import EXTENSIONS
from portal.ui.api import JapaneseDateField, LongTextField, PortalForm, ReasonField, UploadField

from .models import Demand, Extension, Report
from .rules import MOST_QUESTIONS, extension_reasons, questions_in
from .states import Basis


class DemandForm(PortalForm):
    """To one, several or all; what is asked is one line each."""

    programme = forms.ModelChoiceField(
        label="年度", queryset=Programme.objects.none(), empty_label=None
    )
    title = forms.CharField(label="件名", max_length=100)
    basis = forms.ChoiceField(
        label="根拠", choices=Basis.choices, initial=Basis.BOTH, widget=forms.RadioSelect
    )
    reason = LongTextField(label="報告を求める理由", max_length=2000, rows=4)
    questions = LongTextField(
        label="報告する事項",
        max_length=8000,
        rows=8,
        help_text="1行に1つ。上から番号を付け、団体は番号ごとに報告します。",
    )
    due_on = JapaneseDateField(label="報告の期限")
    everyone = forms.BooleanField(label="47都道府県のすべてに求める。", required=False)
    grantees = forms.ModelMultipleChoiceField(
        label="報告を求める先",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="すべてに求めるときは、選ばなくてかまいません。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grantees"].queryset = Organisation.objects.prefectures()
        years = Programme.objects.newest_first()
        self.fields["programme"].queryset = years
        self.fields["programme"].initial = years.first()

    @classmethod
    def of(cls, demand: Demand, data: Any = None) -> DemandForm:
        return cls(
            data,
            version=demand.version,
            initial={
                "programme": demand.programme_id,
                "title": demand.title,
                "basis": demand.basis,
                "reason": demand.reason,
                "questions": "\n".join(question.text for question in demand.questions.all()),
                "due_on": demand.due_on,
                "grantees": list(demand.grantees.values_list("pk", flat=True)),
            },
        )

    def clean_questions(self) -> tuple[str, ...]:
        found = questions_in(self.cleaned_data["questions"])
        if len(found) > MOST_QUESTIONS:
            raise forms.ValidationError(f"報告する事項は{MOST_QUESTIONS}までにしてください。")
        too_long = [number for number, text in enumerate(found, start=1) if len(text) > 500]
        if too_long:
            lines = "、".join(str(number) for number in too_long)
            raise forms.ValidationError(f"{lines}行目が長すぎます。1つの事項は500字までです。")
        return found

    def clean_due_on(self) -> Any:
        due = self.cleaned_data["due_on"]
        if due <= timezone.localdate():
            raise forms.ValidationError("報告の期限は、明日以後の日付にしてください。")
        return due

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("everyone") and not values.get("grantees"):
            self.add_error("grantees", "報告を求める先を1つ以上選んでください。")
        return values

    def bodies(self) -> Any:
        if self.cleaned_data["everyone"]:
            return self.fields["grantees"].queryset
        return self.cleaned_data["grantees"]


class IssueForm(NumberedForm):
    """The office's number and days for the whole demand."""

    confirmed = forms.BooleanField(label="根拠、報告する事項、期限、報告を求める先を確かめました。")


class _SubjectForm(PortalForm):
    def __init__(self, *args: Any, subject: Any, actor: Actor, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)


class AskAgainForm(_SubjectForm):
    reason = ReasonField(label="再度の報告を求める理由")
    due_on = JapaneseDateField(label="新しい期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = timezone.localdate() + timedelta(days=7)

    def clean_due_on(self) -> Any:
        due = self.cleaned_data["due_on"]
        if due <= timezone.localdate():
            raise forms.ValidationError("新しい期限は、明日以後の日付にしてください。")
        return due


class RefuseForm(_SubjectForm):
    subject: Extension
    reason = ReasonField(label="認めない理由")


class ReportForm(PortalForm):
    """One text for each question, named by its number."""

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, version=report.version, **kwargs)
        written = {one.question_id: one.text for one in report.answers.all()}
        for question in report.demand.questions.all():
            self.fields[f"answer-{question.number}"] = LongTextField(
                label=str(question),
                max_length=4000,
                rows=5,
                required=False,
                initial=written.get(question.pk, ""),
            )
        self.fields["file"] = UploadField(
            label="添付するファイル", extensions=EXTENSIONS, required=False
        )

    def texts(self) -> dict[int, str]:
        return {
            int(name.removeprefix("answer-")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("answer-")
        }


class TimeForm(PortalForm):
    wanted_on = JapaneseDateField(label="延ばしたい期限")
    reason = ReasonField(label="期限までに報告できない理由")

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        due = day_with_weekday(report.due_on)
        self.fields["wanted_on"].help_text = f"いまの期限は{due}です。"

    def clean_wanted_on(self) -> Any:
        wanted = self.cleaned_data["wanted_on"]
        today = timezone.localdate()
        for reason in extension_reasons(wanted, due_on=self.report.due_on, today=today):
            raise forms.ValidationError(reason)
        return wanted
