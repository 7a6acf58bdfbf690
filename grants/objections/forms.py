from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from grants.awards.api import NumberedForm
from portal.core.actor import Actor
from portal.documents.api import EXTENSIONS
from portal.ui.api import (
    DocumentNumberField,
    JapaneseDateField,
    LongTextField,
    PortalForm,
    ReasonField,
    UploadField,
)

from .acts import Act
from .models import Objection
from .rules import Count, count_from
from .states import Measure, Way

_NEEDED = "空欄のまま保存できますが、申し出るまでに必要です（施行令15条）。"


class ObjectionForm(PortalForm):
    """What 施行令15条 asks for. Half written it can be saved; filing asks for all."""

    known_on = JapaneseDateField(
        label="処分があったことを知った日",
        required=False,
        help_text="処分の通知がないため、この日の翌日から期限を数えます（施行令15条）。",
    )
    content = LongTextField(
        label="処分の内容", max_length=2000, rows=3, required=False, help_text=_NEEDED
    )
    reasons = LongTextField(
        label="不服の理由", max_length=10_000, rows=10, required=False, help_text=_NEEDED
    )
    late_reason = LongTextField(
        label="期限までに申し出られなかったやむを得ない理由",
        max_length=2000,
        rows=3,
        required=False,
        help_text="災害などの事情と、それがやんだ日。認めるかどうかは、内閣府の決定権者が決めます。",
    )
    file = UploadField(label="参考となる書類", extensions=EXTENSIONS, required=False)

    def __init__(
        self, *args: Any, count: Count | None, has_notice: bool, on: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if has_notice:
            del self.fields["known_on"]
        else:
            self.fields["known_on"].latest = timezone.localdate()
        if has_notice and count is not None and not count.is_late(on):
            del self.fields["late_reason"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values.setdefault("known_on", None)
        values.setdefault("late_reason", "")
        return values

    @classmethod
    def on_act(cls, act: Act, data: Any = None, files: Any = None) -> ObjectionForm:
        initial = {"content": f"{act.number}による{act.name}"}
        count = count_from(act.arrived_on, None, act.programme.terms().appeal_days)
        return cls(
            data,
            files,
            initial=initial,
            count=count,
            has_notice=act.arrived_on is not None,
            on=timezone.localdate(),
        )

    @classmethod
    def of(cls, objection: Objection, data: Any = None, files: Any = None) -> ObjectionForm:
        names = ("known_on", "content", "reasons", "late_reason")
        return cls(
            data,
            files,
            version=objection.version,
            initial={name: getattr(objection, name) for name in names},
            count=objection.count,
            has_notice=objection.arrived_on is not None,
            on=objection.first_day(timezone.localdate()),
        )


class _SubjectForm(PortalForm):
    def __init__(self, *args: Any, subject: Objection, actor: Actor, **kwargs: Any) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)


class ReasonForm(_SubjectForm):
    reason = ReasonField(label="理由")


class MendForm(_SubjectForm):
    reason = ReasonField(label="補正を求める事項")
    due_on = JapaneseDateField(label="補正の期限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, terms = timezone.localdate(), self.subject.programme.terms()
        self.fields["due_on"].earliest = today + timedelta(days=1)
        self.fields["due_on"].initial = today + timedelta(days=terms.answer_days)


class InviteForm(_SubjectForm):
    way = forms.ChoiceField(label="方法", choices=Way.choices, widget=forms.RadioSelect)
    on = JapaneseDateField(
        label="意見を述べる日", help_text="書面のときは、提出の期限。団体が用意できる日にします。"
    )
    where = forms.CharField(label="場所、接続先", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, terms = timezone.localdate(), self.subject.programme.terms()
        self.fields["on"].earliest = today
        self.fields["on"].initial = today + timedelta(days=terms.answer_days)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("way") in (Way.IN_PERSON, Way.ONLINE) and not values.get("where"):
            self.add_error("where", "面談の場所、又は会議の接続先を入力してください。")
        return values


class OpinionForm(_SubjectForm):
    opinion = LongTextField(label="意見", max_length=10_000, rows=8)


class RecordForm(_SubjectForm):
    on = JapaneseDateField(label="意見を述べた日")
    opinion_by = forms.CharField(label="意見を述べた人", max_length=200)
    opinion = LongTextField(label="述べられた意見", max_length=10_000, rows=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["on"].latest = today
        self.fields["on"].initial = min(self.subject.heard_on or today, today)


class DismissForm(NumberedForm):
    reason = ReasonField(label="受理しない理由", max_length=4000)


class AnswerForm(NumberedForm):
    measure = forms.ChoiceField(label="措置", choices=Measure.choices, widget=forms.RadioSelect)
    taken = LongTextField(label="措置の内容", max_length=4000, rows=4)
    reason = ReasonField(label="理由", max_length=4000)
    confirmed = forms.BooleanField(label="申出、意見、措置、理由を確かめました。")


class CabinetForm(_SubjectForm):
    on = JapaneseDateField(label="内閣へ申し出た日")
    number = DocumentNumberField(label="申出の文書番号")
    text = LongTextField(label="意見の要旨", max_length=4000, rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = self.fields["on"].initial = timezone.localdate()
        self.fields["on"].earliest = self.subject.issued_on
