from __future__ import annotations

from typing import Any

from django import forms

from grants.carryovers.api import CarryKind, Carryover
from grants.filings.api import latest_version
from grants.kinds.application.forms import NumberedForm
from portal.core.money import format_yen
from portal.ui.api import JapaneseDateField, LongTextField, PortalForm, ReasonField, YenField

# Far above any plan, and far from the edge of a 64-bit sum.
MAX_YEN = 999_999_999_999


class CarryoverForm(PortalForm):
    """Everything may stay empty until it is filed; the checklist says what is missing."""

    kind = forms.ChoiceField(
        label="繰越しの別",
        choices=CarryKind.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="事故繰越は、年度内に契約した経費と、直営で支出負担行為をした経費に限ります。",
    )
    cause = forms.ChoiceField(label="事由", required=False)
    reason = LongTextField(label="繰越しを要する理由", max_length=2000, rows=5, required=False)
    progress = LongTextField(label="これまでの実施状況", max_length=2000, rows=4, required=False)
    schedule = LongTextField(label="翌年度の実施の予定", max_length=2000, rows=4, required=False)
    last_day = JapaneseDateField(label="完了の予定の日", required=False)
    resolved_on = JapaneseDateField(
        label="都道府県の予算の繰越しを定めた日",
        required=False,
        help_text="まだのときは、予定の日。定めた後は、書類（写し）を添付します。",
    )

    def __init__(self, *args: Any, carryover: Carryover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = carryover.award.programme.terms()
        self.fields["cause"].choices = [
            ("", "選んでください"),
            (CarryKind.GRANTED.label, [(name, name) for name in terms.carryover_causes]),
            (CarryKind.ACCIDENT.label, [(name, name) for name in terms.accident_causes]),
        ]


class RowForm(PortalForm):
    use_required_attribute = False
    direct = YenField(label="直営の支出", max_value=MAX_YEN, required=False)
    committed = YenField(label="支出負担行為済みで未払の額", max_value=MAX_YEN, required=False)
    committed_on = JapaneseDateField(label="支出負担行為の日", required=False)
    committed_number = forms.CharField(label="支出負担行為の番号", max_length=80, required=False)
    national = YenField(label="繰り越す国費", max_value=MAX_YEN, required=False)
    own = YenField(label="繰り越す都道府県費", max_value=MAX_YEN, required=False)


def row_forms(carryover: Carryover, data: Any = None) -> list[RowForm]:
    """One form a stored row, named by its uid; a line under contract has no spending to type."""
    found = []
    for number, row in enumerate(carryover.rows.all(), start=1):
        first = {name: getattr(row, name) for name in RowForm.base_fields}
        form = RowForm(data, prefix=str(row.uid), initial=first, place=f"{number}行目")
        if row.is_contracted:
            for name in ("direct", "committed", "committed_on", "committed_number"):
                del form.fields[name]
        form.row = row
        found.append(form)
    return found


class ApproveForm(NumberedForm):
    lines = forms.MultipleChoiceField(label="承認する積算内訳", widget=forms.CheckboxSelectMultiple)
    part_reason = LongTextField(
        label="一部だけを承認する理由", max_length=1000, rows=3, required=False
    )
    minister_on = JapaneseDateField(label="財務大臣の承認の日（財政法43条1項）", required=False)
    minister_number = forms.CharField(label="財務大臣の承認の番号", max_length=80, required=False)
    extra_conditions = LongTextField(
        label="加える条件", max_length=2000, rows=3, required=False, help_text="1行に1つ。"
    )
    confirmed = forms.BooleanField(label="事由、額、完了の予定の日を確かめました。")
    field_order = (
        "lines",
        "part_reason",
        "minister_on",
        "minister_number",
        "extra_conditions",
        "document_number",
        "decided_on",
        "issued_on",
        "confirmed",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sealed = latest_version(self.subject)
        lines = sealed.content["lines"] if sealed else []
        self.fields["lines"].choices = [(line["line_uid"], _shown(line)) for line in lines]
        self.fields["lines"].initial = [line["line_uid"] for line in lines]
        terms = self.subject.programme.terms()
        self.needs_minister = terms.carryover_minister == "required"

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        chosen = values.get("lines") or []
        is_part = 0 < len(chosen) < len(self.fields["lines"].choices)
        if is_part and not values.get("part_reason"):
            self.add_error("part_reason", "一部だけを承認するときは、理由を入力してください。")
        self._check_minister(values)
        lines = (values.get("extra_conditions") or "").splitlines()
        values["conditions"] = [
            {"text": line.strip(), "basis": "適正化法7条3項"} for line in lines if line.strip()
        ]
        return values

    def _check_minister(self, values: dict[str, Any]) -> None:
        """財政法43条1項: before the office approves anything, where the programme records it."""
        day, decided = values.get("minister_on"), values.get("decided_on")
        if self.needs_minister and not day:
            self.add_error("minister_on", "財務大臣の承認の日を入力してください。")
        if self.needs_minister and not values.get("minister_number"):
            self.add_error("minister_number", "財務大臣の承認の番号を入力してください。")
        if day and decided and day > decided:
            self.add_error("minister_on", "財務大臣の承認の日は、決裁日以前の日付にしてください。")


def _shown(line: dict[str, Any]) -> str:
    return (
        f"{line['label']}（国費 {format_yen(line['national'])}、"
        f"都道府県費 {format_yen(line['own'])}）"
    )


class GiveUpForm(PortalForm):
    has_request_key = True

    reason = ReasonField(label="取りやめる理由", max_length=1000)
