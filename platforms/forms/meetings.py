"""A meeting that is called together, and what is recorded of it afterwards."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils import timezone

from portal.ui.api import (
    JapaneseDateField,
    LongTextField,
    QuantityField,
    RowForm,
    RowFormSet,
    row_formset,
)

from ..models import Meeting, WorkingGroup
from ..services import ActionFacts, AgendaFacts, MeetingFacts
from ..states import MeetingKind, Side
from .base import QuestioningForm


class ClockField(forms.TimeField):
    """10:00, １０：００ or 10時30分."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "input--w6"}))
        super().__init__(input_formats=["%H:%M"], **kwargs)
        self.error_messages["invalid"] = f"{self.label}は、13:30 の形で入力してください。"

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).strip()
            value = value.removesuffix("分").replace("時", ":")
            value = f"{value}00" if value.endswith(":") else value
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value


class MeetingForm(QuestioningForm):
    # A form's own `place` is where it stands on its page.
    kept_as = {"venue": "place", "working_group": "working_group_id"}
    kind = forms.ChoiceField(
        label="会議の種別", choices=MeetingKind.choices, required=False, initial=MeetingKind.GENERAL
    )
    working_group = forms.ChoiceField(
        label="分科会", required=False, help_text="分科会の会議のときに選んでください。"
    )
    number = QuantityField(label="回", unit="回", min_value=1, max_value=999)
    held_on = JapaneseDateField(
        label="開催日", help_text="これから開く会議も、先の日付で登録できます。"
    )
    starts_at = ClockField(label="開始時刻", required=False)
    ends_at = ClockField(label="終了時刻", required=False)
    venue = forms.CharField(label="場所", max_length=200, required=False)
    attendance_public = QuantityField(label="出席（行政）", unit="人", max_value=9999)
    attendance_private = QuantityField(label="出席（民間）", unit="人", max_value=9999)
    chair_side = forms.ChoiceField(
        label="座長", choices=Side.choices, widget=forms.RadioSelect, help_text="要領4(1)①"
    )
    problems = LongTextField(
        label="共有した課題",
        max_length=2000,
        rows=4,
        required=False,
        help_text="参画団体の間で共通の理解となった課題。",
    )
    note = LongTextField(
        label="議事の要旨",
        max_length=2000,
        rows=5,
        required=False,
        help_text="個人の相談の内容や氏名は書かないでください。",
    )
    is_public = forms.BooleanField(
        label="この会議を公開する",
        required=False,
        help_text="開催日、共有した課題と、公開に印を付けた議題を公開の一覧に載せます。",
    )

    def __init__(self, *args: Any, groups: Sequence[WorkingGroup] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.fields["working_group"]
        assert isinstance(group, forms.ChoiceField)
        group.choices = [("", "選ばない"), *((str(one.pk), one.name) for one in groups)]

    @classmethod
    def starts_with(cls, meeting: Meeting) -> dict[str, Any]:
        stored = {name: getattr(meeting, cls.stored(name)) for name in cls.base_fields}
        return {**stored, "working_group": str(meeting.working_group_id or "")}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["kind"] = values.get("kind") or MeetingKind.GENERAL
        self._check_people(values)
        if values.get("ends_at") and not values.get("starts_at"):
            self.add_error("starts_at", "開始時刻を入力してください。")
        elif values.get("ends_at") and values["ends_at"] <= values["starts_at"]:
            self.add_error("ends_at", "終了時刻は、開始時刻より後にしてください。")
        return values

    def _check_people(self, values: dict[str, Any]) -> None:
        """Nobody has come yet to a meeting that is still to be; somebody has to one that was."""
        people = values.get("attendance_public"), values.get("attendance_private")
        held_on = values.get("held_on")
        if None in people or held_on is None:
            return
        today = timezone.localdate()
        if held_on > today and any(people):
            self.add_error(
                "held_on", "出席した人数は、開いた後に入力してください。開催日が先です。"
            )
        elif held_on < today and not any(people):
            self.add_error("attendance_public", "出席した人数を、行政か民間に入力してください。")

    def facts(self) -> MeetingFacts:
        values = {self.stored(name): self.cleaned_data[name] for name in self.base_fields}
        values["working_group_id"] = values["working_group_id"] or None
        return MeetingFacts(**values)


class AgendaRow(RowForm):
    title = forms.CharField(label="議題", max_length=200)
    proposed_by = forms.CharField(label="提案した団体", max_length=200, required=False)
    proposer_side = forms.ChoiceField(
        label="提案者の官・民", choices=[("", "―"), *Side.choices], required=False
    )
    problem = LongTextField(
        label="共有した課題", max_length=1000, rows=2, counter=False, required=False
    )
    agreement = LongTextField(
        label="合意したこと", max_length=1000, rows=2, counter=False, required=False
    )
    is_public = forms.BooleanField(label="公開", required=False)


class ActionRow(RowForm):
    title = forms.CharField(label="ともに取り組むこと", max_length=200)
    owner_name = forms.CharField(label="担う団体", max_length=200)
    due_on = JapaneseDateField(label="期日", required=False)
    done_on = JapaneseDateField(label="済んだ日", required=False)


AgendaRows = row_formset(AgendaRow, title="議題", extra=0, least=1, most=50)
ActionRows = row_formset(ActionRow, title="ともに取り組むこと", extra=0, most=50)

_AGENDA = "title proposed_by proposer_side problem agreement is_public".split()
_ACTION = "title owner_name due_on done_on".split()


def agenda_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The stored items as the rows of the page."""
    return [
        {"uid": item.pk, **{name: getattr(item, name) for name in _AGENDA}}
        for item in meeting.agenda_items.order_by("order")
    ]


def actions_of(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        {"uid": action.pk, **{name: getattr(action, name) for name in _ACTION}}
        for action in meeting.joint_actions.order_by("order")
    ]


def agenda_facts(rows: RowFormSet) -> list[AgendaFacts]:
    """What was typed, in the order of the page; call after is_valid()."""
    return [AgendaFacts(**values) for values in rows.filled]


def action_facts(rows: RowFormSet) -> list[ActionFacts]:
    return [ActionFacts(**values) for values in rows.filled]
